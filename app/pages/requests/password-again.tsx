import { useEffect, useRef } from 'react';
import type { FormEvent } from 'react';
import { useSending } from '#app/pages/use-sending.ts';
import { Button } from '#app/ui/button.tsx';
import { TextField } from '#app/ui/field.tsx';

interface PasswordAgainProps {
  /** It is them: what they wanted can be sent again. */
  onDone: () => void;
  onCancel: () => void;
}

/** Asks somebody who has signed in long ago for their password, before their word moves much. */
export function PasswordAgain({ onDone, onCancel }: PasswordAgainProps) {
  const frame = useRef<HTMLFormElement>(null);
  const { send, sending, sent, isUpToDate } = useSending<{ done: object }>({ once: true });
  useEffect(() => frame.current?.querySelector('input')?.focus(), []);
  const isDone = sent !== null && sent.answer !== null && isUpToDate;
  const told = useRef(false);
  useEffect(() => {
    if (!isDone || told.current) return;
    told.current = true;
    onDone();
  }, [isDone, onDone]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    if (typeof password !== 'string') return;
    send('/sign-in/again', new URLSearchParams({ password }).toString());
  };
  const refusal = sent?.refusal ?? null;
  const wrong = refusal?.refused === 'invalid' ? refusal.fields['password'] : refusal?.says;
  const busy = sending || isDone;
  return (
    <form ref={frame} aria-label="Password" className="grid gap-2 pb-2" onSubmit={onSubmit}>
      <TextField
        label="Your password"
        hint="It is asked again for decisions of this weight when you signed in more than 15 minutes ago."
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={1024}
        required
        error={sent?.trouble ?? wrong ?? null}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabledReason={busy ? 'Being sent.' : null}>
          {busy ? 'Sending…' : 'Confirm and send'}
        </Button>
      </div>
    </form>
  );
}
