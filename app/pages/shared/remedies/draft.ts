import { parseCredits } from '#app/domain/money/credits.ts';
import { minorToDecimal, parseMoney } from '#app/domain/money/money.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { CreditChoice, RefundGround } from '#app/domain/requests/request.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';
/** What stands in the panel's fields, as the person has typed it. */
export interface Draft {
  /** Refunds: in major units, `49.00`. */
  amount: string;
  /** Adjustments: without a sign, which is the proposal's. */
  credits: string;
  ground: RefundGround;
  creditChoice: CreditChoice;
  reason: string;
  evidence: readonly RecordRef[];
  /** Why it is wanted a second time, and after which request; empty where it repeats nothing. */
  again: string;
  after: string | null;
}

export const draftOf = (draft: RemedyDraft): Draft => ({
  amount: draft.kind === 'refund' ? minorToDecimal(draft.amount, draft.currency) : '',
  credits: draft.kind === 'credit_adjustment' ? String(Math.abs(draft.credits)) : '',
  ground: draft.kind === 'refund' ? draft.ground : 'other',
  creditChoice: draft.kind === 'refund' ? draft.creditChoice : 'keep',
  reason: draft.reason,
  evidence: draft.evidence,
  again: draft.again?.because ?? '',
  after: draft.again?.after ?? null,
});

export interface ReadDraft {
  /** Null: the fields named in `faults` cannot be read. */
  asked: RemedyDraft | null;
  /** The same before a reason is written: what would happen does not depend on it. */
  toPreview: RemedyDraft | null;
  faults: Readonly<Record<string, string>>;
}

const UNWRITTEN = '…';

/** What the fields ask for, amounts read without rounding. @param proposed what the panel was opened with. */
export function readDraft(proposed: RemedyDraft, draft: Draft): ReadDraft {
  const evidence = [...draft.evidence];
  const reason = draft.reason.trim();
  const faults: Record<string, string> = {};
  const { again: _asProposed, ...kind } = readKind(proposed, draft, faults);
  const what = { ...kind, evidence, ...againOf(draft) };
  const toPreview = Object.keys(faults).length > 0 ? null : { ...what, reason: UNWRITTEN };
  if (reason === '') faults['reason'] = 'Add a short reason.';
  if (reason.length > LONGEST_REASON) faults['reason'] = `At most ${LONGEST_REASON} characters.`;
  const asked = Object.keys(faults).length > 0 ? null : { ...what, reason };
  return { asked, toPreview, faults };
}

const againOf = ({ again, after }: Draft): Pick<RemedyDraft, 'again'> =>
  again.trim() === '' || after === null ? {} : { again: { after, because: again.trim() } };

function readKind(
  proposed: RemedyDraft,
  draft: Draft,
  faults: Record<string, string>,
): RemedyDraft {
  switch (proposed.kind) {
    case 'refund': {
      const read = parseMoney(draft.amount, proposed.currency);
      const amount = read.ok ? read.money.minor : 0;
      if (amount === 0) {
        const example = minorToDecimal(4_900, proposed.currency);
        faults['amount'] = `Write an amount above 0, such as ${example}.`;
      }
      return { ...proposed, amount, ground: draft.ground, creditChoice: draft.creditChoice };
    }
    case 'credit_adjustment': {
      const read = parseCredits(draft.credits);
      const credits: number = read.ok ? read.credits : 0;
      if (credits === 0) faults['credits'] = 'Write whole credits above 0, such as 500.';
      return { ...proposed, credits: proposed.credits < 0 ? -credits : credits };
    }
    case 'generation_hold':
      return proposed;
  }
}
