import { useFetcher } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { RequestRefusal } from '#app/domain/requests/refusal.ts';
import { requestPath } from '#app/pages/request-path.ts';
import type { action as decide } from '#app/pages/requests/decision.action.ts';
import type { action as edit } from '#app/pages/requests/edit.action.ts';
import type { action as review } from '#app/pages/requests/review.action.ts';
import type { action as withdraw } from '#app/pages/requests/withdraw.action.ts';

export type Posting = 'decision' | 'edit' | 'withdraw' | 'review';

export interface Post {
  send: (what: Posting, fields: Readonly<Record<string, string>>) => void;
  sending: boolean;
  /** Why it was not done; null: it was, or nothing was sent. */
  refusal: RequestRefusal | null;
  /** What is wrong, by field of the form. */
  fields: Readonly<Record<string, string>>;
  /** The person has read it. */
  forget: () => void;
}

const INVALID = 'The form does not fit: reload the page and try again.';

/** Sends what a person does about a request, once at a time; the page is up to date when it is done. */
export function usePost(requestId: string, onDone: (what: Posting) => void): Post {
  const fetcher = useFetcher<typeof decide | typeof edit | typeof review | typeof withdraw>();
  const [forgotten, setForgotten] = useState<object | null>(null);
  const waiting = useRef<Posting | null>(null);
  const { data, state } = fetcher;
  useEffect(() => {
    // Idle again only after the page's own facts were loaded anew.
    const what = waiting.current;
    if (what === null || state !== 'idle' || data === undefined) return;
    waiting.current = null;
    if ('done' in data) onDone(what);
  }, [state, data, onDone]);
  const send: Post['send'] = (what, fields) => {
    if (waiting.current !== null) return;
    waiting.current = what;
    setForgotten(data ?? null);
    fetcher.submit(fields, { method: 'post', action: `${requestPath(requestId)}/${what}` });
  };
  const answer = state === 'idle' && data !== forgotten ? data : undefined;
  const refusal = answer && 'refused' in answer ? answer.refused : null;
  const fields = answer && 'fields' in answer ? answer.fields : {};
  const byField = refusal?.refused === 'invalid' ? refusal.fields : fields;
  return {
    ...{ send, sending: state !== 'idle', fields: byField },
    refusal: refusal ?? (Object.keys(fields).length > 0 ? unfit(fields) : null),
    forget: () => setForgotten(data ?? null),
  };
}

const unfit = (fields: Record<string, string>): RequestRefusal => ({
  ...{ refused: 'invalid', fields },
  says: fields['reason'] === undefined ? INVALID : `Reason: ${fields['reason']}.`,
});
