import { useEffect, useRef, useState } from 'react';
import type { RequestRefusal } from '#app/domain/requests/errors.ts';
import { postForm } from '#app/pages/shared/post-form.ts';
import type { ActorPreview } from '#app/services/requests/lifecycle/preview-request.ts';

/** Long enough that a quick typist asks once. */
const PAUSE = 220;

export interface Preview {
  /** The text of the form that this answers. */
  form: string;
  shown: ActorPreview | null;
  refusal: RequestRefusal | null;
  /** Why there is no preview: signed out, no connection. */
  trouble: string | null;
}

async function ask(path: string, form: string, signal: AbortSignal): Promise<Preview> {
  const { answer, refusal, trouble } = await postForm<{ preview: ActorPreview }>(path, form, {
    ...{ signal, lost: 'No connection: change a field to try again.' },
  });
  const shown = answer?.preview ?? null;
  return { form, shown, trouble, refusal: refusal ?? shown?.refusal ?? null };
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
        // It is only stopped where a newer question is on its way.
        ask(path, form, stop.signal).then(setPreview, () => undefined);
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
