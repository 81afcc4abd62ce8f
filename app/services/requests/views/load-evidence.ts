import type { RequestContent } from '#app/domain/requests/request.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import type { Deps } from '#app/services/deps.ts';
import { loadRecord } from '#app/services/customers/record/load-record.ts';
import type { RecordField } from '#app/services/customers/record/record-fields.ts';
import { parseRef } from '#app/domain/book/record-ref.ts';
/** One record that speaks for a request, with what matters of it for a decision. */
export interface EvidenceRecord {
  ref: RecordRef;
  /** `Payment`; null: the book does not hold it. */
  title: string | null;
  facts: RecordField[];
}
export interface Evidence {
  records: EvidenceRecord[];
  /** Attached as well, told by name only. */
  more: RecordRef[];
}

/** So many are shown with their facts; nobody reads more before a decision. */
const MOST = 8;

/** What is shown of each kind of record, in this order. */
const FACTS: Record<string, readonly string[]> = {
  payment: [
    ...['Amount', 'Captured', 'Card', 'Status', 'Purpose', 'Buys credits', 'Amount refunded'],
    ...['Dispute', 'Subscription'],
  ],
  refund: ['Amount', 'Status', 'Created', 'Bank reference', 'Failure'],
  ledgerEntry: ['Credits', 'Kind', 'Occurred', 'Note'],
  generation: ['Kind', 'Resolution', 'Started', 'Status', 'Error', 'Net cost', 'Rate card'],
  invoice: ['Number', 'Total', 'Status', 'Created'],
  subscription: ['Plan', 'Status', 'Cancellation takes effect', 'Ended', 'Period to'],
  customer: ['Reported balance', 'Reported'],
  setupAttempt: ['At', 'Status', 'Failure'],
};

/** The records that a request rests on: those that were attached, and what it is about itself. */
export async function loadEvidence(
  app: Pick<Deps, 'store' | 'now'>,
  content: RequestContent,
): Promise<Evidence> {
  const refs = [...new Set([...namedBy(content), ...content.evidence])];
  const records: EvidenceRecord[] = [];
  for (const ref of refs.slice(0, MOST)) {
    const ask = { customerId: content.customerId, ref, asOf: null };
    const details = await loadRecord(app, ask);
    const wanted = FACTS[parseRef(ref).type] ?? [];
    const facts = wanted.flatMap(
      (label) => details?.fields.find((field) => field.label === label) ?? [],
    );
    records.push({ ref, title: details?.title ?? null, facts });
  }
  return { records, more: refs.slice(MOST) };
}

function namedBy(content: RequestContent): RecordRef[] {
  if (content.kind === 'generation_hold') return [];
  const { paymentId } = content;
  const generationId = content.kind === 'credit_adjustment' ? content.generationId : null;
  return [
    ...(paymentId === null ? [] : [`payment:${paymentId}` as const]),
    ...(generationId === null ? [] : [`generation:${generationId}` as const]),
  ];
}
