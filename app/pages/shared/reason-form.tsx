import { useEffect, useRef } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import type { Post } from '#app/pages/shared/use-post.ts';
import { Button } from '#app/ui/button.tsx';
import { TextAreaField } from '#app/ui/field.tsx';
import { LONGEST_REASON } from '#app/domain/reason.ts';
interface ReasonFormProps {
  intent: Exclude<Intent, 'edit'>;
  post: Post;
  onSend: (reason: string) => void;
  onCancel: () => void;
}

const WORDS = {
  reject: {
    button: 'Reject',
    label: 'Reason for rejecting',
    hint: 'This closes the request. The requester sees the reason; the customer doesn’t.',
  },
  send_back: {
    button: 'Send back',
    label: 'What should change',
    hint: 'The requester can edit and resubmit it. The customer won’t see this.',
  },
  withdraw: {
    button: 'Withdraw',
    label: 'Reason for withdrawing',
    hint: 'This closes the request and releases its reservation.',
  },
  glass: {
    button: 'Emergency approval',
    label: 'Why can’t this wait?',
    hint: 'Two people who did not edit this request must both confirm. Both names and reasons stay in its history and in the audit log.',
  },
} as const;

/** The reason of a no, written while the evidence stays in view. ⌘ or Ctrl with Enter sends it. */
export function ReasonForm({ intent, post, onSend, onCancel }: ReasonFormProps) {
  const frame = useRef<HTMLFormElement>(null);
  useEffect(() => frame.current?.querySelector('textarea')?.focus(), []);
  const { button, label, hint } = WORDS[intent];
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get('reason');
    onSend(typeof reason === 'string' ? reason : '');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      frame.current?.requestSubmit();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // Keys of the text field inside, which bubble up to the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form ref={frame} aria-label={button} className="grid gap-2" {...{ onSubmit, onKeyDown }}>
      <TextAreaField
        name="reason"
        required
        maxLength={LONGEST_REASON}
        rows={2}
        error={post.fields['reason'] ?? null}
        {...{ label, hint }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          title="Ctrl or ⌘ with Enter"
          disabledReason={post.sending ? 'Sending.' : null}
        >
          {post.sending ? 'Sending…' : button}
        </Button>
      </div>
    </form>
  );
}

/** What is asked for before it is done: the reason of a no, what is to be changed. */
export type Intent = 'reject' | 'send_back' | 'edit' | 'withdraw' | 'glass';
