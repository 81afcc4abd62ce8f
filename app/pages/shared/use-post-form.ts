import { useMatches, useRevalidator } from '@remix-run/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { newFormKey } from '#app/pages/shared/form-key.ts';
import { postForm } from '#app/pages/shared/post-form.ts';
import type { SendOptions, Sent } from '#app/pages/shared/post-form.ts';

export interface PostFormState<T> {
  /** False: one is still under way, and this one is not sent. */
  send: (path: string, form: string) => boolean;
  sending: boolean;
  /** What came of the last one, and its text; null: nothing was sent, or it is still under way. */
  sent: (Sent<T> & { form: string }) | null;
  /** The person has read it. */
  forget: () => void;
  /** The page has its own facts anew since. */
  isUpToDate: boolean;
}

interface SendingOptions extends Pick<SendOptions, 'lost' | 'answers'> {
  /** After it was taken nothing more is sent. */
  once?: boolean;
  /** It carries a key, the same until it was taken: sent again after a lost answer, it is done once. */
  keyed?: boolean;
}

/**
 * Whether the page's facts have been loaded anew since it was asked for. The router tells that it loads
 * only with a later rendering, and may have loaded by then: either is waited for, that it is seen to load
 * and to be done, or that the facts are others.
 */
function useFreshFacts() {
  const { revalidate, state } = useRevalidator();
  const facts = useMatches();
  const latest = useRef(facts);
  useEffect(() => {
    latest.current = facts;
  });
  const [stale, setStale] = useState<{ facts: typeof facts; loads: boolean } | null>(null);
  if (stale !== null) {
    const isLoading = state === 'loading';
    if (facts !== stale.facts || (stale.loads && !isLoading)) setStale(null);
    else if (isLoading && !stale.loads) setStale({ ...stale, loads: true });
  }
  const load = useCallback(() => {
    setStale({ facts: latest.current, loads: false });
    revalidate();
  }, [revalidate]);
  return { load, isUpToDate: stale === null };
}

const withKey = (form: string, key: string): string => {
  const fields = new URLSearchParams(form);
  fields.set('key', key);
  return fields.toString();
};

/**
 * Sends forms one at a time: a second click while one is under way does nothing. What goes wrong is an
 * answer as well: the page stays, with all that was typed, and it can be sent again.
 */
export function usePostForm<T extends object>({
  once = false,
  keyed = false,
  lost,
  answers,
}: SendingOptions): PostFormState<T> {
  const { load, isUpToDate } = useFreshFacts();
  const [sending, setSending] = useState(false);
  const [sent, setSent] = useState<PostFormState<T>['sent']>(null);
  // Two clicks may fall into one rendering, which knows of neither.
  const busy = useRef(false);
  const key = useRef<string | null>(null);
  const send = useCallback(
    (path: string, form: string): boolean => {
      if (busy.current) return false;
      busy.current = true;
      setSending(true);
      setSent(null);
      const options = {
        ...(lost === undefined ? {} : { lost }),
        ...(answers === undefined ? {} : { answers }),
      };
      key.current ??= newFormKey();
      const text = keyed ? withKey(form, key.current) : form;
      void postForm<T>(path, text, options).then((given) => {
        // What was taken is done with: the next one is another.
        if (given.answer !== null) key.current = null;
        busy.current = once && given.answer !== null;
        setSending(false);
        setSent({ ...given, form });
        // Also of a refusal: what stands in the way is news to this page. Where there was no answer, the
        // page would get none either, and lose what it has.
        if (given.trouble === null) load();
      });
      return true;
    },
    [once, keyed, lost, answers, load],
  );
  const forget = useCallback(() => setSent(null), []);
  return { send, sending, sent, forget, isUpToDate };
}
