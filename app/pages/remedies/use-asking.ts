import { useFetcher } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { RequestRefusal } from '#app/domain/requests/refusal.ts';
import type { action } from '#app/pages/remedies/ask.action.ts';

export interface Asking {
  send: (form: string) => void;
  sending: boolean;
  /** The request that was made. */
  made: { requestId: string; state: string; verdict: string } | null;
  refusal: RequestRefusal | null;
  /** The text of the form that was sent last: the refusal is about it. */
  sentForm: string | null;
}

/** Sends the form once: a second click while it is under way, or after it was taken, does nothing. */
export function useAsking(path: string): Asking {
  const fetcher = useFetcher<typeof action>();
  const [sentForm, setSentForm] = useState<string | null>(null);
  const { data, state } = fetcher;
  const made = data && 'asked' in data ? data.asked : null;
  // Two clicks may fall into one rendering, which knows of neither.
  const busy = useRef(false);
  useEffect(() => {
    busy.current = state !== 'idle' || made !== null;
  }, [state, made]);
  const send = (form: string): void => {
    if (busy.current) return;
    busy.current = true;
    setSentForm(form);
    fetcher.submit(new URLSearchParams(form), { method: 'post', action: path });
  };
  const answered = state === 'idle' ? data : undefined;
  return {
    ...{ send, sending: state !== 'idle', made, sentForm },
    refusal:
      answered === undefined
        ? null
        : 'refused' in answered
          ? answered.refused
          : 'fields' in answered
            ? { refused: 'invalid', says: UNFIT, fields: answered.fields }
            : null,
  };
}

const UNFIT = 'The form does not fit: close it and open it again.';
