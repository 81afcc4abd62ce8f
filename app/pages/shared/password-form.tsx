import { useEffect, useRef } from 'react';
import type { FormEvent } from 'react';
import type { Reauthentication } from '#app/pages/shared/use-reauthentication.ts';
import { Button } from '#app/ui/button.tsx';
import { TextField } from '#app/ui/field.tsx';

/** Asks somebody who has signed in long ago for their password, before their word moves much. */
export function PasswordForm({ confirm, confirming, wrong, cancel }: Reauthentication) {
  const frame = useRef<HTMLFormElement>(null);
  useEffect(() => frame.current?.querySelector('input')?.focus(), []);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    if (typeof password === 'string') confirm(password);
  };
  const busy = confirming ? 'Sending.' : null;
  return (
    <form ref={frame} aria-label="Password" className="grid gap-2" onSubmit={onSubmit}>
      <TextField
        label="Your password"
        hint="High-value approvals need your password if you signed in over 15 minutes ago."
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={1024}
        required
        error={wrong}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={cancel} disabledReason={busy}>
          Cancel
        </Button>
        <Button type="submit" look="primary" disabledReason={busy}>
          {confirming ? 'Sending…' : 'Confirm and send'}
        </Button>
      </div>
    </form>
  );
}
