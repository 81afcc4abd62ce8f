import { useEffect, useRef } from 'react';
import type { RequestRefusal } from '#app/domain/requests/errors.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { usePostForm } from '#app/pages/shared/use-post-form.ts';

export type Posting = 'decision' | 'edit' | 'withdraw' | 'review' | 'glass' | 'letter';

export interface Post {
  /** False: something is still under way, and this is not sent. */
  send: (what: Posting, fields: Readonly<Record<string, string>>) => boolean;
  sending: boolean;
  /** Why it was not done; null: it was, or nothing was sent. */
  refusal: RequestRefusal | null;
  /** Why it is not known whether it was done, or who would do it; it can be sent again. */
  trouble: string | null;
  /** What is wrong, by field of the form. */
  fields: Readonly<Record<string, string>>;
  /** The person has read it. */
  forget: () => void;
}

/** Sends what a person does about a request, once at a time; the page is up to date when it is done. */
export function usePost(requestId: string, onDone: (what: Posting) => void): Post {
  const { send, sending, sent, forget, isUpToDate } = usePostForm<{ done: object }>({});
  const waiting = useRef<Posting | null>(null);
  const done = sent !== null && sent.answer !== null;
  useEffect(() => {
    // Done only after the page's own facts were loaded anew: nobody decides on what was before.
    const what = waiting.current;
    if (what === null || !done || !isUpToDate) return;
    waiting.current = null;
    onDone(what);
  }, [done, isUpToDate, onDone]);
  const refusal = sent?.refusal ?? null;
  return {
    send: (what, fields) => {
      const form = new URLSearchParams(fields).toString();
      const isSent = isUpToDate && send(`${requestPath(requestId)}/${what}`, form);
      if (isSent) waiting.current = what;
      return isSent;
    },
    // Nor on what a refusal says is no longer so.
    sending: sending || !isUpToDate,
    ...{ refusal, forget, trouble: sent?.trouble ?? null },
    fields: refusal?.refused === 'invalid' ? refusal.fields : {},
  };
}
