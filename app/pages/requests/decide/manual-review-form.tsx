import { useState } from 'react';
import type { FormEvent } from 'react';
import { nameRefund } from '#app/domain/operations/labels.ts';
import type { Post } from '#app/pages/shared/use-post.ts';
import type { Review } from '#app/services/operations/manual-review/load-manual-review.ts';
import { Button } from '#app/ui/button.tsx';
import { TextAreaField, TextField } from '#app/ui/field.tsx';
import { LONGEST_REASON } from '#app/domain/reason.ts';

type Answer = 'happened' | 'did_not_happen';

const ENDED = 'close the step; credits that never came back are returned again';

/** The two ways out of a review. Either is looked up once more before it is taken; no money moves by it. */
interface ReviewFormProps {
  review: Review;
  /** What became of the request is known already. */
  ended: boolean;
  post: Post;
}

export function ManualReviewForm({ review, ended, post }: ReviewFormProps) {
  const found = review.theirs.kind === 'read' ? review.theirs.externalId : null;
  const [answer, setAnswer] = useState<Answer>(found === null ? 'did_not_happen' : 'happened');
  const happened = answer === 'happened';
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const textOf = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    post.send('review', {
      ...{ operation: review.operationId, version: String(review.version), answer },
      ...{ externalId: textOf('externalId'), reason: textOf('reason') },
      others: form
        .getAll('other')
        .filter((value) => typeof value === 'string')
        .join('\n'),
    });
  };
  const refunds = review.kind === 'stripe_refund';
  return (
    <form aria-label="Result of the review" className="grid gap-2" onSubmit={send}>
      <fieldset className="grid gap-1">
        <legend className="sr-only">What happened</legend>
        <Way value="happened" chosen={answer} onChoose={setAnswer}>
          It happened: take {refunds ? 'this refund' : 'the entry'} over as the outcome
        </Way>
        <Way value="did_not_happen" chosen={answer} onChoose={setAnswer}>
          It did not happen: {ended ? ENDED : 'return the request to the requester'}
        </Way>
      </fieldset>
      {happened && refunds ? (
        <TextField
          label="Refund at Stripe"
          name="externalId"
          required
          defaultValue={found ?? ''}
          placeholder="re_…"
        />
      ) : null}
      {happened ? null : <OtherRefunds review={review} />}
      <TextAreaField
        label="What you found"
        name="reason"
        required
        rows={2}
        maxLength={LONGEST_REASON}
        error={post.fields['reason'] ?? null}
        hint="It is checked once more before it is used. Neither answer moves money."
      />
      <div className="flex justify-end">
        <Button type="submit" look="primary" disabledReason={post.sending ? 'Sending.' : null}>
          {post.sending
            ? 'Sending…'
            : happened
              ? 'Use this result'
              : ended
                ? 'Close the step'
                : 'Send it back'}
        </Button>
      </div>
    </form>
  );
}

/** Refunds of the same amount that may be this one: each must be looked at before a no is taken. */
const OtherRefunds = ({ review: { theirs } }: { review: Review }) =>
  theirs.kind === 'read' && theirs.toConfirm.length > 0 ? (
    <fieldset className="grid gap-1">
      <legend className="text-high">
        Stripe has a refund of the same amount without our tag. Check it first.
      </legend>
      {theirs.toConfirm.map((refund) => (
        <label key={refund.id} className="flex items-center gap-2">
          <input type="checkbox" name="other" value={refund.id} required />
          <span className="min-w-0 break-words">
            I checked <bdi>{nameRefund(refund)}</bdi>: it is another refund
          </span>
        </label>
      ))}
    </fieldset>
  ) : null;

interface WayProps {
  value: Answer;
  chosen: Answer;
  onChoose: (answer: Answer) => void;
  children: React.ReactNode;
}

const Way = ({ value, chosen, onChoose, children }: WayProps) => (
  <label className="flex items-center gap-2">
    <input
      type="radio"
      name="answer"
      value={value}
      checked={chosen === value}
      onChange={() => onChoose(value)}
    />
    <span>{children}</span>
  </label>
);
