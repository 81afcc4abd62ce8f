import { formatMoney } from '#app/domain/money/money.ts';
import { MANUAL_REVIEW_EXPLANATION } from '#app/domain/operations/labels.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { ManualReviewForm } from '#app/pages/requests/decide/manual-review-form.tsx';
import type { Post } from '#app/pages/shared/use-post.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import type {
  Review,
  TheirRefund,
} from '#app/services/operations/manual-review/load-manual-review.ts';
import { TimeText } from '#app/ui/time-text.tsx';

interface ReviewPartProps {
  page: RequestDetail & { role: Role };
  post: Post;
}

/** An outcome that nobody knows: both facts side by side, and the two ways out. */
export function ManualReviewSection({ page, post }: ReviewPartProps) {
  const { review, canReview, role, line, now } = page;
  if (line.state !== 'needs_review' && review === null) return null;
  const why = may(role, 'requests.review')
    ? canReview
      ? null
      : 'Stripe is not configured, so it cannot be checked.'
    : 'Finance reviews this.';
  return (
    <section aria-label="Review" className="grid gap-2 border-s-4 border-high bg-raised px-3 py-2">
      <h3>We don’t know yet whether this went through</h3>
      <p className="text-ink-quiet">{MANUAL_REVIEW_EXPLANATION}</p>
      {review === null ? null : (
        <div className="grid grid-cols-2 gap-4">
          <Sent review={review} now={now} />
          <Theirs review={review} now={now} />
        </div>
      )}
      {review === null || why !== null ? (
        <p className="text-ink-quiet">{why}</p>
      ) : (
        <ManualReviewForm
          key={review.version}
          ended={line.state !== 'needs_review'}
          {...{ review, post }}
        />
      )}
    </section>
  );
}

function Sent({ review: { sent }, now }: { review: Review; now: number }) {
  return (
    <div className="min-w-0">
      <h4 className="text-small text-ink-quiet">What we sent</h4>
      <p className="font-medium">{sent.what}</p>
      <p>
        {sent.firstAt === null ? (
          'Never sent.'
        ) : (
          <>
            First <TimeText at={sent.firstAt} now={now} />
            {sent.lastAt === null || sent.lastAt === sent.firstAt ? null : (
              <>
                , last <TimeText at={sent.lastAt} now={now} />
              </>
            )}{' '}
            UTC
          </>
        )}
      </p>
      <p>{sent.outcome}</p>
      {sent.error === null ? null : (
        <p className="break-words text-ink-quiet">
          <bdi>{sent.error}</bdi>
        </p>
      )}
      <p className="font-mono text-small break-all text-ink-quiet">{sent.key}</p>
    </div>
  );
}

function Theirs({ review: { theirs, kind }, now }: { review: Review; now: number }) {
  const who = kind === 'stripe_refund' ? 'Stripe' : 'The product';
  return (
    <div className="min-w-0">
      <h4 className="text-small text-ink-quiet">
        What {who === 'Stripe' ? who : 'the product'} shows now
      </h4>
      {theirs.kind === 'unreadable' ? (
        <p className="text-high">
          {who} can’t be reached: <bdi>{theirs.words}</bdi>
        </p>
      ) : (
        <>
          <p className="font-medium">
            {theirs.externalId === null
              ? `${who} has nothing tagged with this request.`
              : `Found: ${theirs.externalId}.`}
          </p>
          <ul>
            {theirs.refunds.map((refund) => (
              <li key={refund.id} className="break-words">
                <RefundText refund={refund} now={now} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const MARKS = {
  ours: 'with our tag',
  other: 'of another request',
  none: 'made elsewhere, without a tag',
} as const;

const RefundText = ({ refund, now }: { refund: TheirRefund; now: number }) => (
  <>
    <bdi>{refund.id}</bdi>, {formatMoney(refund.amount, refund.currency)}, {refund.status},{' '}
    <TimeText at={refund.createdAt} now={now} />: {MARKS[refund.mark]}
  </>
);
