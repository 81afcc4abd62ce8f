import type {
  AdjustmentContent,
  HoldContent,
  RefundContent,
} from '#app/domain/requests/request.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';
/** What is asked; how many credits a refund takes back is worked out from it. */
export type RemedyDraft = Omit<RefundContent, 'takeBack'> | AdjustmentContent | HoldContent;

export const MOST_EVIDENCE = 40;

/** Whether a text names a record as `type:id`. */
export const isRecordRef = (ref: string): ref is RecordRef =>
  ref.length <= 280 && /^[A-Za-z]+:.+$/su.test(ref);

/** What people have written, without what stands around it. */
export const trimmed = <T extends Pick<RemedyDraft, 'reason' | 'again'>>(draft: T): T => ({
  ...draft,
  reason: draft.reason.trim(),
  ...(draft.again ? { again: { ...draft.again, because: draft.again.because.trim() } } : {}),
});

type Fields = Record<string, string>;

/**
 * What is wrong with what was asked, seen by itself; by field, empty: nothing. Of amounts it says no
 * more than that they are none: what may be refunded the guards say.
 */
export function validateDraft(draft: RemedyDraft): Fields {
  const faults: Fields = {};
  const reason = draft.reason.trim();
  if (reason === '') faults['reason'] = 'Add a short reason.';
  if (reason.length > LONGEST_REASON) {
    faults['reason'] = `Use at most ${LONGEST_REASON} characters.`;
  }
  if ((draft.again?.because.trim() ?? 'n/a') === '') {
    faults['again'] = 'Say why it is needed again.';
  }
  if ((draft.again?.because.length ?? 0) > LONGEST_REASON) {
    faults['again'] = `Use at most ${LONGEST_REASON} characters.`;
  }
  if (draft.evidence.length > MOST_EVIDENCE) {
    faults['evidence'] = `Attach at most ${MOST_EVIDENCE} records.`;
  }
  return { ...faults, ...faultsOfKind(draft) };
}

/** Credits that a record owes are asked for under its name: only so its other remedies know of them. */
function faultsOfName({ credits, cause, paymentId, generationId }: AdjustmentContent): Fields {
  if (credits <= 0) return {};
  if (cause === 'missing_credits' && paymentId === null) {
    return { paymentId: 'Name the payment whose credits are missing.' };
  }
  const ofGeneration = cause === 'failed_generation' || cause === 'overcharged_generation';
  return ofGeneration && generationId === null
    ? { generationId: 'Name the generation that the credits are returned for.' }
    : {};
}

function faultsOfKind(draft: RemedyDraft): Fields {
  switch (draft.kind) {
    case 'refund': {
      const faults: Fields = {};
      if (!Number.isSafeInteger(draft.amount) || draft.amount <= 0) {
        faults['amount'] = 'The amount must be a whole number of minor units above 0.';
      }
      if (draft.ground !== 'other' && draft.evidence.length === 0) {
        faults['evidence'] = 'This reason needs evidence. Attach the records that show it.';
      }
      return faults;
    }
    case 'credit_adjustment': {
      const faults: Fields = {};
      if (!Number.isSafeInteger(draft.credits) || draft.credits === 0) {
        faults['credits'] = 'Credits must be a whole number other than 0.';
      }
      if (draft.cause === 'refund_take_back') {
        faults['cause'] = 'Credits from a refunded payment are taken back with the refund.';
      }
      return { ...faults, ...faultsOfName(draft) };
    }
    case 'generation_hold':
      return {};
  }
}

/** The fields of a form; a list is the field repeated. */
type FormFields = Record<string, string | string[]>;

/**
 * What is asked as the fields that `askedSchema` reads: nothing is an empty field.
 * @internal
 */
export function formOf(draft: RemedyDraft): FormFields {
  const fields: FormFields = {};
  const { again, ...plain } = draft;
  if (again !== undefined) Object.assign(fields, { after: again.after, again: again.because });
  for (const [name, value] of Object.entries(plain)) {
    fields[name] = Array.isArray(value) ? [...value] : String(value ?? '');
  }
  return fields;
}

/** The same as the text of a form; whose it is, its address says. */
export function toFormFields(draft: RemedyDraft): string {
  const { customerId: _inAddress, ...fields } = formOf(draft);
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const text of Array.isArray(value) ? value : [value]) form.append(name, text);
  }
  return form.toString();
}
