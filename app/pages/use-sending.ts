import { useRevalidator } from '@remix-run/react';
import { useCallback, useRef, useState } from 'react';
import { sendForm } from '#app/pages/send-form.ts';
import type { Sent } from '#app/pages/send-form.ts';

export interface Sending<T> {
  send: (path: string, form: string) => void;
  sending: boolean;
  /** What came of the last one, and its text; null: nothing was sent, or it is still under way. */
  sent: (Sent<T> & { form: string }) | null;
  /** The person has read it. */
  forget: () => void;
  /** The page has its own facts anew since. */
  isUpToDate: boolean;
}

interface SendingOptions {
  /** After it was taken nothing more is sent. */
  once?: boolean;
  /** What is said where nobody knows whether it arrived. */
  lost?: string;
}

/**
 * Sends forms one at a time: a second click while one is under way does nothing. What goes wrong is an
 * answer as well: the page stays, with all that was typed, and it can be sent again.
 */
export function useSending<T extends object>({ once = false, lost }: SendingOptions): Sending<T> {
  const { revalidate, state } = useRevalidator();
  const [sending, setSending] = useState(false);
  const [sent, setSent] = useState<Sending<T>['sent']>(null);
  // Two clicks may fall into one rendering, which knows of neither.
  const busy = useRef(false);
  const send = useCallback(
    (path: string, form: string): void => {
      if (busy.current) return;
      busy.current = true;
      setSending(true);
      setSent(null);
      void sendForm<T>(path, form, lost === undefined ? {} : { lost }).then((given) => {
        busy.current = once && given.answer !== null;
        setSending(false);
        setSent({ ...given, form });
        // Also of a refusal: what stands in the way is news to this page. Where there was no answer, the
        // page would get none either, and lose what it has.
        if (given.trouble === null) revalidate();
      });
    },
    [once, lost, revalidate],
  );
  return { send, sending, sent, forget: () => setSent(null), isUpToDate: state === 'idle' };
}
