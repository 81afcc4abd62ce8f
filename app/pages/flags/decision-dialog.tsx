import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { FormEvent } from 'react';
import type { action as decideMany } from '#app/pages/flags/bulk.action.ts';
import { AssignFields, DismissFields, SnoozeFields } from '#app/pages/flags/decision-fields.tsx';
import type { FlagIntent, Target } from '#app/pages/flags/flag-rights.ts';
import type { FlagOutcome } from '#app/services/decide-flags.ts';
import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';

interface DecisionDialogProps {
  /** Null: closed. */
  intent: FlagIntent | null;
  targets: readonly Target[];
  staff: readonly { id: string; name: string }[];
  now: number;
  onClose: () => void;
  /** Called once the flags are decided and the page is up to date, with what became of each. */
  onDone: (outcomes: FlagOutcome[]) => void;
}

const WORDS: Record<FlagIntent, string> = {
  dismiss: 'Dismiss',
  snooze: 'Snooze',
  assign: 'Assign',
};

/** Asks what a decision needs (a reason, an instant, a person) and sends it for one flag or several. */
export function DecisionDialog(props: DecisionDialogProps) {
  const { intent, targets, staff, now, onClose } = props;
  const { send, sending, errors } = useSending(props);
  const count = targets.length === 1 ? 'flag' : `${targets.length} flags`;
  return (
    <Dialog
      title={intent ? `${WORDS[intent]} ${count}` : ''}
      open={intent !== null}
      onClose={onClose}
    >
      {intent === null ? null : (
        <form onSubmit={send} className="grid gap-3" aria-label={`${WORDS[intent]} ${count}`}>
          {intent === 'dismiss' ? <DismissFields error={errors['reason']} /> : null}
          {intent === 'snooze' ? <SnoozeFields now={now} errors={errors} /> : null}
          {intent === 'assign' ? <AssignFields staff={staff} /> : null}
          {errors['form'] ? <ErrorText>{errors['form']}</ErrorText> : null}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" disabledReason={sending ? 'Being sent.' : null}>
              {sending ? 'Sending…' : WORDS[intent]}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function useSending({ intent, targets, onDone, onClose }: DecisionDialogProps) {
  const fetcher = useFetcher<typeof decideMany>();
  const answer = fetcher.data;
  const waiting = useRef(false);
  useEffect(() => {
    // Idle again only after the page's own facts were loaded anew.
    if (!waiting.current || fetcher.state !== 'idle' || answer === undefined) return;
    waiting.current = false;
    if (!('outcomes' in answer)) return;
    onClose();
    onDone(answer.outcomes);
  }, [fetcher.state, answer, onClose, onDone]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (intent === null || waiting.current) return;
    form.set('intent', intent);
    const [only] = targets;
    const single = targets.length === 1 && only !== undefined;
    if (single) form.set('version', String(only.version));
    else for (const { id, version } of targets) form.append('flag', `${id} ${version}`);
    waiting.current = true;
    const to = single ? `/flags/${encodeURIComponent(only.id)}` : '/flags/bulk';
    fetcher.submit(form, { method: 'post', action: to });
  };
  const refused = fetcher.state === 'idle' && answer !== undefined && 'fields' in answer;
  return {
    send,
    sending: fetcher.state !== 'idle',
    errors: refused ? answer.fields : ({} as Record<string, string>),
  };
}
