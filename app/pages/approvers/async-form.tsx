import { useEffect, useRef } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { PostFormState } from '#app/pages/shared/use-post-form.ts';
import { Button } from '#app/ui/button.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';

interface OwnFormProps {
  label: string;
  button: string;
  /** Where it is posted to. */
  path: string;
  sending: PostFormState<object>;
  /** What is said once it is done. */
  done: string;
  children?: ReactNode;
}

/** By field of a form, what is wrong with it. */
export const faultsOf = ({ sent }: PostFormState<object>): Readonly<Record<string, string>> =>
  sent?.refusal?.refused === 'invalid' ? sent.refusal.fields : {};

/** A form whose outcome is told under it, with all that was typed until it is done. */
export function AsyncForm({ label, button, path, sending, done, children }: OwnFormProps) {
  const frame = useRef<HTMLFormElement>(null);
  const { sent } = sending;
  const isDone = sent !== null && sent.answer !== null;
  useEffect(() => {
    if (isDone) frame.current?.reset();
  }, [isDone]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new URLSearchParams();
    // What is left empty is not said.
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === 'string' && value !== '') form.append(name, value);
    sending.send(path, form.toString());
  };
  const wrong = sent?.trouble ?? sent?.refusal?.says ?? null;
  return (
    <form ref={frame} aria-label={label} className="grid gap-2" onSubmit={onSubmit}>
      {children}
      <div className="flex items-center gap-3">
        <p role="status" className="min-w-0 flex-1 text-ink-quiet">
          {isDone ? done : null}
        </p>
        <Button type="submit" look="primary" disabledReason={sending.sending ? 'Sending.' : null}>
          {sending.sending ? 'Sending…' : button}
        </Button>
      </div>
      {wrong === null ? null : <ErrorText>{wrong}</ErrorText>}
    </form>
  );
}
