import { useCallback, useEffect, useRef, useState } from 'react';
import type { Role } from '#app/domain/access/roles.ts';
import { ActionBar } from '#app/pages/requests/decide/action-bar.tsx';
import { ChangedBanner } from '#app/pages/requests/decide/changed-banner.tsx';
import { RequestDetailSummary } from '#app/pages/requests/detail/request-summary.tsx';
import { useDecision } from '#app/pages/requests/decide/use-decision.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';

interface RequestDetailProps {
  page: RequestDetail & { role: Role };
  /** Beside the list, not on its own page. */
  beside: boolean;
  /** It was chosen by the console, after the decision on the one before. */
  advanced?: boolean;
  /** Called with what was done, in words, once it is. */
  onDecided?: (words: string) => void;
  /** Called when something begins and has ended to be sent: its answer would be lost without this desk. */
  onBusy?: (busy: boolean) => void;
}

/** One request: what it rests on, and what this person does about it. */
export function RequestDetailPanel({
  page,
  beside,
  advanced = false,
  onDecided,
  onBusy,
}: RequestDetailProps) {
  const [said, setSaid] = useState<string | null>(null);
  const notified = useRef(onDecided);
  useEffect(() => {
    notified.current = onDecided;
  });
  const done = useCallback((words: string) => {
    setSaid(words);
    notified.current?.(words);
  }, []);
  const decision = useDecision(page, { advanced, done });
  const sending = decision.post.sending || decision.password.confirming;
  useEffect(() => {
    if (!sending || onBusy === undefined) return undefined;
    onBusy(true);
    return () => onBusy(false);
  }, [onBusy, sending]);
  return (
    <>
      <div className="min-h-0 flex-1 overflow-auto" role="group" aria-label="Request" tabIndex={-1}>
        <RequestDetailSummary page={page} beside={beside} post={decision.post} />
      </div>
      <ChangedBanner
        differences={decision.differences}
        refusal={decision.refusal}
        trouble={decision.post.trouble}
        onLook={decision.look}
      />
      <ActionBar page={page} decision={decision} said={said} />
    </>
  );
}
