import { useCallback, useEffect, useRef, useState } from 'react';
import { approveDisabledReason } from '#app/pages/requests/decide/approve-labels.ts';
import { useReauthentication } from '#app/pages/shared/use-reauthentication.ts';
import { usePost } from '#app/pages/shared/use-post.ts';
import type { Posting } from '#app/pages/shared/use-post.ts';
import { useRequestKeys } from '#app/pages/requests/decide/use-request-keys.ts';
import { useShownSnapshot } from '#app/pages/requests/decide/use-shown-snapshot.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import type { Intent } from '#app/pages/shared/reason-form.tsx';
type Verdict = 'approve' | 'reject' | 'send_back';

const DONE: Record<Verdict | 'vouch' | 'glass', string> = {
  approve: 'Approved',
  vouch: 'Approved as lead',
  reject: 'Rejected',
  send_back: 'Sent back',
  glass: 'Emergency approval confirmed',
};
/** A yes so soon after the request came by itself was meant for the one before it. */
const TOO_SOON = 600;

interface DecisionOptions {
  advanced: boolean;
  done: (words: string) => void;
}

/** What a person decides about the request in view, by buttons and by keys. */
export function useDecision(page: RequestDetail, { advanced, done }: DecisionOptions) {
  const { line, yes } = page;
  const { seen, differences, look } = useShownSnapshot(page);
  const [intent, setIntent] = useState<Intent | null>(null);
  const [early, setEarly] = useState(false);
  const isSettledIn = useSettledIn(advanced);
  const verdict = useRef<keyof typeof DONE>('approve');
  const onDone = useCallback(
    (what: Posting) => {
      setIntent(null);
      if (what === 'decision' || what === 'glass') done(`${DONE[verdict.current]}: ${line.title}.`);
    },
    [done, line.title],
  );
  const post = usePost(line.id, onDone);
  const whyNotYes = approveDisabledReason(page, differences, post.refusal);
  const shown = {
    hash: seen.hash,
    ...(seen.charge === null ? {} : { seen: JSON.stringify(seen.charge) }),
  };
  const latest = useRef<Parameters<typeof post.send> | null>(null);
  const send = (...given: Parameters<typeof post.send>): boolean => {
    const isSent = post.send(...given);
    if (isSent) latest.current = given;
    return isSent;
  };
  const password = useReauthentication(post, () => {
    if (latest.current !== null) post.send(...latest.current);
  });
  const decide = (wanted: Verdict, reason = ''): void => {
    const tooEarly = wanted === 'approve' && !isSettledIn();
    setEarly(tooEarly);
    // A no that is written already is sent, whatever has come since: the answer says why it is not taken.
    if (tooEarly || (wanted === 'approve' && whyNotYes !== null)) return;
    const isSent = send('decision', { verdict: wanted, reason, ...shown });
    if (isSent) verdict.current = wanted === 'approve' && yes === 'vouch' ? 'vouch' : wanted;
  };
  const breakGlass = (reason: string): void => {
    if (send('glass', { reason, ...shown })) verdict.current = 'glass';
  };
  const want = (wanted: Intent): void => {
    if (intentDisabledReason(page, wanted) === null) setIntent(wanted);
  };
  // The buttons are not there while something is written or sent, and no more are their keys.
  const isFree = intent === null && !post.sending && !password.wanted;
  useRequestKeys({
    a: () => isFree && decide('approve'),
    r: () => isFree && want('reject'),
    b: () => isFree && want('send_back'),
    e: () => isFree && want('edit'),
  });
  return {
    ...{ post, intent, setIntent, want, decide, breakGlass, whyNotYes, differences, early },
    // That one is answered where the decision is made.
    refusal: password.wanted ? null : post.refusal,
    password,
    look: () => {
      look();
      post.forget();
    },
  };
}
export type DecisionState = ReturnType<typeof useDecision>;

/** Why a person cannot want this now; null: they can. */
function intentDisabledReason({ whyNot, glass }: RequestDetail, wanted: Intent): string | null {
  if (wanted === 'edit' || wanted === 'withdraw') return whyNot[wanted];
  return wanted === 'glass' ? (glass?.whyNot ?? null) : whyNot.decide;
}

/** Whether the request has been in view for long enough to have been looked at. */
function useSettledIn(advanced: boolean): () => boolean {
  const shownAt = useRef<number | null>(null);
  useEffect(() => {
    shownAt.current ??= performance.now();
  }, []);
  return () =>
    !advanced || (shownAt.current !== null && performance.now() - shownAt.current >= TOO_SOON);
}
