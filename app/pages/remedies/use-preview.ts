import { useEffect, useRef, useState } from 'react';
import type { RequestRefusal } from '#app/domain/requests/refusal.ts';
import type { PersonPreview } from '#app/services/money/preview-for-person.ts';

/** Long enough that a quick typist asks once. */
const PAUSE = 220;

export interface Preview {
  /** The text of the form that this answers. */
  form: string;
  shown: PersonPreview | null;
  refusal: RequestRefusal | null;
  /** Why there is no preview: signed out, no connection. */
  trouble: string | null;
}

async function ask(path: string, form: string, signal: AbortSignal): Promise<Preview> {
  const answer = await fetch(path, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { Accept: 'application/json' },
    signal,
  });
  const none = { form, shown: null, refusal: null };
  if (answer.status === 401) return { ...none, trouble: 'You are signed out.' };
  if (answer.status === 429) return { ...none, trouble: 'Too many at once: wait a moment.' };
  if (answer.status >= 500 && answer.status !== 503)
    return { ...none, trouble: 'The preview could not be made: change a field to try again.' };
  // What our own preview resource answers.
  const said = (await answer.json()) as { preview?: PersonPreview; refused?: RequestRefusal };
  const shown = said.preview ?? null;
  return { form, shown, refusal: said.refused ?? shown?.refusal ?? null, trouble: null };
}

/**
 * What would happen if the form were sent now. The last answer stays until the next has come; one that
 * comes after a newer question is dropped.
 * @param form null: what is typed cannot be asked. @param version changes when the page's facts do.
 */
export function usePreview(path: string, form: string | null, version: number): Preview | null {
  const [preview, setPreview] = useState<Preview | null>(null);
  const first = useRef(true);
  useEffect(() => {
    if (form === null) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        ask(path, form, stop.signal).then(setPreview, () => {
          if (stop.signal.aborted) return;
          setPreview({ form, shown: null, refusal: null, trouble: 'No connection.' });
        });
      },
      first.current ? 0 : PAUSE,
    );
    first.current = false;
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, form, version]);
  return preview;
}
