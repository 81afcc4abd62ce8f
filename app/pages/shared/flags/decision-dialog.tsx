import { useCallback, useEffect, useRef } from 'react';
import type { FormEvent } from 'react';
import {
  AssignFields,
  DismissFields,
  SnoozeFields,
} from '#app/pages/shared/flags/decision-fields.tsx';
import { DecidedFlags } from '#app/pages/shared/flags/decided-flags.tsx';
import type { FlagIntent, NamedTarget } from '#app/pages/shared/flags/flag-rights.ts';
import { usePostForm } from '#app/pages/shared/use-post-form.ts';
import type { FlagOutcome } from '#app/services/flags/decide-flags.ts';
import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';

interface DecisionDialogProps {
  /** Null: closed. */
  intent: FlagIntent | null;
  targets: readonly NamedTarget[];
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
  const { intent, targets, staff, now } = props;
  const { send, sending, isHeld, errors, wrong, close } = useDecisionForm(props);
  const busy = sending ? 'Sending.' : null;
  const count = targets.length === 1 ? 'flag' : `${targets.length} flags`;
  return (
    <Dialog
      title={intent ? `${WORDS[intent]} ${count}` : ''}
      open={intent !== null}
      onClose={close}
      busy={isHeld}
    >
      {intent === null ? null : (
        <form onSubmit={send} className="grid gap-3" aria-label={`${WORDS[intent]} ${count}`}>
          <DecidedFlags targets={targets} />
          {intent === 'dismiss' ? <DismissFields error={errors['reason']} /> : null}
          {intent === 'snooze' ? <SnoozeFields now={now} errors={errors} /> : null}
          {intent === 'assign' ? <AssignFields staff={staff} /> : null}
          {wrong === null ? null : <ErrorText>{wrong}</ErrorText>}
          <div className="flex justify-end gap-2">
            <Button onClick={close} disabledReason={isHeld ? busy : null}>
              Cancel
            </Button>
            <Button type="submit" look="primary" disabledReason={busy}>
              {sending ? 'Sending…' : WORDS[intent]}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

const LOST = 'The connection was lost. Send it again: what is already decided stays as it is.';

/** Fields that say themselves what is wrong with them. */
const SHOWN: ReadonlySet<string> = new Set(['reason', 'until', 'assignee']);

function useDecisionForm({ intent, targets, onDone, onClose }: DecisionDialogProps) {
  const { send, sending, sent, forget, isUpToDate } = usePostForm<{ outcomes: FlagOutcome[] }>({
    lost: LOST,
    // A decision that somebody has overtaken is told flag by flag, as those that were taken are.
    answers: 'outcomes',
  });
  const answer = sent?.answer ?? null;
  const waiting = useRef(false);
  const finish = useCallback(
    (outcomes: FlagOutcome[]) => {
      waiting.current = false;
      forget();
      onClose();
      onDone(outcomes);
    },
    [forget, onClose, onDone],
  );
  useEffect(() => {
    // Done only after the page's own facts were loaded anew.
    if (waiting.current && answer !== null && isUpToDate) finish(answer.outcomes);
  }, [answer, isUpToDate, finish]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (intent === null) return;
    const form = formOf(event.currentTarget, intent, targets);
    waiting.current = true;
    const [only] = targets;
    const single = targets.length === 1 && only !== undefined;
    send(single ? `/flags/${encodeURIComponent(only.id)}` : '/flags/bulk', form.toString());
  };
  const refusal = sent?.refusal ?? null;
  const errors = refusal?.refused === 'invalid' ? refusal.fields : {};
  const isShown = Object.keys(errors).some((field) => SHOWN.has(field));
  const close = () => {
    // Its answer would be told to nobody, or to the next decision.
    if (sending) return;
    if (answer !== null) return finish(answer.outcomes);
    // What went wrong belongs to this decision, not to the next one that is asked for.
    forget();
    onClose();
  };
  return {
    ...{ send: onSubmit, close },
    sending: sending || !isUpToDate,
    /** Nobody knows yet what becomes of it. */
    isHeld: sending,
    errors,
    wrong: sent?.trouble ?? (isShown ? null : (refusal?.says ?? null)),
  };
}

/** The fields as they were filled in, with the flags and the versions that the person saw. */
function formOf(
  element: HTMLFormElement,
  intent: FlagIntent,
  targets: readonly NamedTarget[],
): URLSearchParams {
  const form = new URLSearchParams({ intent });
  for (const [name, value] of new FormData(element)) {
    if (typeof value === 'string') form.append(name, value);
  }
  const [only] = targets;
  if (targets.length === 1 && only !== undefined) form.set('version', String(only.version));
  else for (const { id, version } of targets) form.append('flag', `${id} ${version}`);
  return form;
}
