import type {
  AdjustmentContent,
  HoldContent,
  RefundContent,
} from '#app/domain/requests/request.ts';
import type { RecordRef } from '#app/domain/rules/rule.ts';

/** What is asked; how many credits a refund takes back is worked out from it. */
export type Asked = Omit<RefundContent, 'takeBack'> | AdjustmentContent | HoldContent;

export const LONGEST_REASON = 500;
export const MOST_EVIDENCE = 40;

/** Whether a text names a record as `type:id`. */
export const isRecordRef = (ref: string): ref is RecordRef =>
  ref.length <= 280 && /^[A-Za-z]+:.+$/su.test(ref);

/** What people have written, without what stands around it. */
export const trimmed = <T extends Pick<Asked, 'reason' | 'again'>>(asked: T): T => ({
  ...asked,
  reason: asked.reason.trim(),
  ...(asked.again ? { again: { ...asked.again, because: asked.again.because.trim() } } : {}),
});

type Fields = Record<string, string>;

/**
 * What is wrong with what was asked, seen by itself; by field, empty: nothing. Of amounts it says no
 * more than that they are none: what may be refunded the guards say.
 */
export function faultsOf(asked: Asked): Fields {
  const faults: Fields = {};
  const reason = asked.reason.trim();
  if (reason === '') faults['reason'] = 'Say why.';
  if (reason.length > LONGEST_REASON) {
    faults['reason'] = `Say it in at most ${LONGEST_REASON} characters.`;
  }
  if ((asked.again?.because.trim() ?? 'n/a') === '') {
    faults['again'] = 'Say why it is wanted a second time.';
  }
  if ((asked.again?.because.length ?? 0) > LONGEST_REASON) {
    faults['again'] = `Say it in at most ${LONGEST_REASON} characters.`;
  }
  if (asked.evidence.length > MOST_EVIDENCE) {
    faults['evidence'] = `Attach at most ${MOST_EVIDENCE} records.`;
  }
  return { ...faults, ...faultsOfKind(asked) };
}

/** Credits that a record owes are asked for under its name: only so its other remedies know of them. */
function faultsOfName({ credits, cause, paymentId, generationId }: AdjustmentContent): Fields {
  if (credits <= 0) return {};
  if (cause === 'missing_credits' && paymentId === null) {
    return { paymentId: 'Name the payment whose credits never came.' };
  }
  const ofGeneration = cause === 'failed_generation' || cause === 'overcharged_generation';
  return ofGeneration && generationId === null
    ? { generationId: 'Name the generation that the credits are returned for.' }
    : {};
}

function faultsOfKind(asked: Asked): Fields {
  switch (asked.kind) {
    case 'refund': {
      const faults: Fields = {};
      if (!Number.isSafeInteger(asked.amount) || asked.amount <= 0) {
        faults['amount'] = 'The amount must be a whole number of minor units above 0.';
      }
      if (asked.ground !== 'other' && asked.evidence.length === 0) {
        faults['evidence'] = 'This ground needs its proof: attach the records that show it.';
      }
      return faults;
    }
    case 'credit_adjustment': {
      const faults: Fields = {};
      if (!Number.isSafeInteger(asked.credits) || asked.credits === 0) {
        faults['credits'] = 'Credits must be a whole number other than 0.';
      }
      if (asked.cause === 'refund_take_back') {
        faults['cause'] = 'Credits of a refund are taken back with the refund itself.';
      }
      return { ...faults, ...faultsOfName(asked) };
    }
    case 'generation_hold':
      return {};
  }
}
