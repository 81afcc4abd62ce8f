import { Link } from '@remix-run/react';
import { STATE_WORDS } from '#app/domain/requests/life.ts';
import { customerPath } from '#app/pages/customer-path.ts';
import { requestPath } from '#app/pages/request-path.ts';
import { AgainPart } from '#app/pages/requests/sheet-again.tsx';
import { Differences } from '#app/pages/requests/sheet-differences.tsx';
import { EvidencePart } from '#app/pages/requests/sheet-evidence.tsx';
import { GuardsPart } from '#app/pages/requests/sheet-guards.tsx';
import { HistoryPart } from '#app/pages/requests/sheet-history.tsx';
import { LettersPart } from '#app/pages/requests/sheet-letters.tsx';
import { MailPart } from '#app/pages/requests/sheet-mail.tsx';
import { Part } from '#app/pages/requests/sheet-part.tsx';
import { PeoplePart } from '#app/pages/requests/sheet-people.tsx';
import { ReviewPart } from '#app/pages/requests/sheet-review.tsx';
import { StepsPart } from '#app/pages/requests/sheet-steps.tsx';
import type { Post } from '#app/pages/requests/use-post.ts';
import type { Role } from '#app/domain/roles.ts';
import type { RequestPage } from '#app/services/money/load-request-page.ts';
import { TimeText } from '#app/ui/time-text.tsx';

interface RequestSheetProps {
  page: RequestPage & { role: Role };
  /** It is shown beside the list, from which its own page can be reached. */
  beside: boolean;
  post: Post;
}

/** A request with everything that a decision on it rests on, the most urgent first. */
export const RequestSheet = ({ page, beside, post }: RequestSheetProps) => (
  <article aria-label={page.line.title} className="grid gap-2 px-3 py-2">
    <Head page={page} beside={beside} />
    <AgainPart page={page} />
    <Differences page={page} />
    <ReviewPart page={page} post={post} />
    <LettersPart page={page} post={post} />
    <StepsPart page={page} />
    <Why page={page} />
    <EvidencePart page={page} />
    <GuardsPart page={page} />
    <PeoplePart page={page} />
    <MailPart page={page} />
    <HistoryPart page={page} />
  </article>
);

function Head({ page, beside }: Pick<RequestSheetProps, 'page' | 'beside'>) {
  const { line, customerName, asks, now } = page;
  return (
    <header className="grid gap-0.5">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-heading">{line.title}</h2>
        <Link to={customerPath(line.customerId)} className="one-line max-w-[28ch]">
          <bdi>{customerName ?? line.customerId}</bdi>
        </Link>
        <span className="text-ink-quiet">{STATE_WORDS[line.state]}</span>
        {line.ticket === null ? null : <span className="number text-ink-quiet">{line.ticket}</span>}
        <span className="ms-auto">
          {beside ? <Link to={requestPath(line.id)}>Own page</Link> : null}
        </span>
      </div>
      <p className="text-heading">{asks}</p>
      {line.stateReason === null ? null : (
        <p className={line.state === 'failed' ? 'text-critical' : 'text-ink-quiet'}>
          <bdi>{line.stateReason}</bdi>
        </p>
      )}
      <p className="text-small text-ink-quiet">
        Asked by {line.requestedBy}, <TimeText at={line.requestedAt} now={now} />
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

function Why({ page: { content, line, promise } }: Pick<RequestSheetProps, 'page'>) {
  return (
    <Part label="Why">
      <p className="break-words whitespace-pre-wrap">
        <bdi>{content.reason}</bdi>
      </p>
      {content.kind === 'generation_hold' ? null : (
        <p>
          <span className="font-medium">{line.ground}.</span>{' '}
          {promise === null ? (
            <span className="text-high">Customers were promised nothing of the kind.</span>
          ) : (
            <>
              {promise.says} <q className="text-ink-quiet">{promise.line}</q>
            </>
          )}
        </p>
      )}
    </Part>
  );
}
