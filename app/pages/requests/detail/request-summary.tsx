import { Link } from '@remix-run/react';
import { STATE_LABELS } from '#app/domain/requests/state-machine.ts';
import { customerPath, requestPath } from '#app/pages/shared/paths.ts';
import { RepeatSection } from '#app/pages/requests/detail/repeat-section.tsx';
import { ChangesSection } from '#app/pages/requests/detail/changes-section.tsx';
import { EvidenceSection } from '#app/pages/requests/detail/evidence-section.tsx';
import { GuardsSection } from '#app/pages/shared/guard-list.tsx';
import { HistorySection } from '#app/pages/requests/detail/history-section.tsx';
import { HeldMailSection } from '#app/pages/requests/detail/held-mail-section.tsx';
import { EmailSection } from '#app/pages/shared/email-preview.tsx';
import { Section } from '#app/pages/shared/section.tsx';
import { PeopleSection } from '#app/pages/requests/detail/people-section.tsx';
import { ManualReviewSection } from '#app/pages/requests/detail/manual-review-section.tsx';
import { OperationsSection } from '#app/pages/requests/detail/operations-section.tsx';
import type { Post } from '#app/pages/shared/use-post.ts';
import type { Role } from '#app/domain/access/roles.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { TimeText } from '#app/ui/time-text.tsx';

interface RequestSummaryProps {
  page: RequestDetail & { role: Role };
  /** It is shown beside the list, from which its own page can be reached. */
  beside: boolean;
  post: Post;
}

/** A request with everything that a decision on it rests on, the most urgent first. */
export const RequestDetailSummary = ({ page, beside, post }: RequestSummaryProps) => (
  <article aria-label={page.line.title} className="grid gap-2 px-3 py-2">
    <Head page={page} beside={beside} />
    <RepeatSection page={page} />
    <ChangesSection page={page} />
    <ManualReviewSection page={page} post={post} />
    <HeldMailSection page={page} post={post} />
    <OperationsSection page={page} />
    <Why page={page} />
    <EvidenceSection page={page} />
    <GuardsSection page={page} />
    <PeopleSection page={page} />
    <EmailSection page={page} />
    <HistorySection page={page} />
  </article>
);

function Head({ page, beside }: Pick<RequestSummaryProps, 'page' | 'beside'>) {
  const { line, customerName, asks, now } = page;
  return (
    <header className="grid gap-0.5">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-heading">{line.title}</h2>
        <Link to={customerPath(line.customerId)} className="one-line max-w-[28ch]">
          <bdi>{customerName ?? line.customerId}</bdi>
        </Link>
        <span className="text-ink-quiet">{STATE_LABELS[line.state]}</span>
        {line.ticket === null ? null : <span className="number text-ink-quiet">{line.ticket}</span>}
        <span className="ms-auto">
          {beside ? <Link to={requestPath(line.id)}>Open in full</Link> : null}
        </span>
      </div>
      <p className="text-heading">{asks}</p>
      {line.stateReason === null ? null : (
        <p className={line.state === 'failed' ? 'text-critical' : 'text-ink-quiet'}>
          <bdi>{line.stateReason}</bdi>
        </p>
      )}
      <p className="text-small text-ink-quiet">
        Requested by {line.requestedBy}, <TimeText at={line.requestedAt} now={now} />
        {line.state === 'requested' || line.state === 'sent_back' ? (
          <>
            ; expires <TimeText at={line.expiresAt} now={now} />
          </>
        ) : null}{' '}
        UTC
      </p>
    </header>
  );
}

function Why({ page: { content, line, promise } }: Pick<RequestSummaryProps, 'page'>) {
  return (
    <Section label="Why">
      <p className="break-words whitespace-pre-wrap">
        <bdi>{content.reason}</bdi>
      </p>
      {content.kind === 'generation_hold' ? null : (
        <p>
          <span className="font-medium">{line.ground}.</span>{' '}
          {promise === null ? (
            <span className="text-high">Not covered by the help article.</span>
          ) : (
            <>
              {promise.says} <q className="text-ink-quiet">{promise.line}</q>
            </>
          )}
        </p>
      )}
    </Section>
  );
}
