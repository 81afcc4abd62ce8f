import { formatCredits } from '#app/domain/money/credits.ts';
import { policyAt } from '#app/domain/policy/policy.ts';
import { priceOf } from '#app/domain/money/rate-card.ts';
import { suggestForGeneration } from '#app/domain/remedies/suggest-for-row.ts';
import {
  inCredits,
  inRef,
  inText,
  inTime,
  present,
} from '#app/services/customers/record/record-fields.ts';
import type { RecordQuery, RecordDetails } from '#app/services/customers/record/record-fields.ts';
import { loadCachedRuleContext } from '#app/services/policy/load-cached-rule-context.ts';
import {
  entriesNamingGeneration,
  findEntry,
  findGeneration,
  findMember,
  findPayment,
  refundsOfPayment,
} from '#db/queries/customers/customer-records.ts';
type Sheet = Omit<RecordDetails, 'ref'>;

async function memberFields({ read, customerId }: RecordQuery, memberId: string | null) {
  const member = memberId === null ? null : await findMember(read, customerId, memberId);
  return [
    inText('Member', member?.name ?? null),
    inText('Member’s e-mail', member?.email ?? null),
    inText('Member id', memberId && (member ? memberId : `${memberId} (not in the data)`)),
  ];
}

export async function entryRecord(ask: RecordQuery): Promise<Sheet | null> {
  const { read, customerId, id, asOf } = ask;
  const entry = await findEntry(read, customerId, id);
  if (entry === null || entry.occurredAt > asOf) return null;
  const { paymentId, generationId } = entry;
  const payment = paymentId === null ? null : await findPayment(read, customerId, paymentId);
  const generation =
    generationId === null ? null : await findGeneration(read, customerId, generationId);
  const refunds = paymentId === null ? [] : await refundsOfPayment(read, customerId, paymentId);
  return {
    title: 'Ledger entry',
    fields: present([
      inText('Id', id),
      inTime('Occurred', entry.occurredAt),
      inText('Kind', entry.kind),
      inCredits('Credits', entry.credits, true),
      inCredits('Balance after, as recorded', entry.balanceAfter),
      inRef('Payment', 'payment', paymentId, payment !== null),
      inRef('Generation', 'generation', generationId, generation !== null),
      ...(await memberFields(ask, entry.memberId)),
      inText('Note', entry.note),
      inText('Sequence', entry.sequence === 0 ? null : entry.sequence),
    ]),
    partners: [
      ...(payment !== null && payment.createdAt <= asOf ? [`payment:${payment.id}` as const] : []),
      ...refunds.flatMap((refund) =>
        refund.createdAt <= asOf ? [`refund:${refund.id}` as const] : [],
      ),
      ...(generation !== null && generation.startedAt <= asOf
        ? [`generation:${generation.id}` as const]
        : []),
    ],
  };
}

export async function generationRecord(ask: RecordQuery): Promise<Sheet | null> {
  const { read, customerId, id, asOf } = ask;
  const generation = await findGeneration(read, customerId, id);
  if (generation === null || generation.startedAt > asOf) return null;
  const { policies } = await loadCachedRuleContext(read);
  const entries = (await entriesNamingGeneration(read, customerId, id)).filter(
    ({ occurredAt }) => occurredAt <= asOf,
  );
  const charged = -entries.reduce((sum, { credits }) => sum + Math.min(0, credits), 0);
  const returned = entries.reduce((sum, { credits }) => sum + Math.max(0, credits), 0);
  const price = priceOf(generation, policyAt(policies, generation.startedAt));
  const final = generation.finishedAt === null || generation.finishedAt <= asOf;
  return {
    title: 'Generation',
    fields: present([
      inText('Id', id),
      inTime('Started', generation.startedAt),
      inTime('Finished', final ? generation.finishedAt : null),
      inText('Status', final ? generation.status : 'running'),
      inText('Error', final ? generation.error : null),
      inText('Kind', generation.kind),
      inText('Model', generation.model),
      inText('Tier', generation.tier),
      inText('Resolution', generation.resolution),
      inText('Seconds', generation.durationSeconds),
      inText('Count', generation.count),
      ...(await memberFields(ask, generation.memberId)),
      inCredits('Charged', charged),
      inCredits('Returned', returned),
      inCredits('Net cost', charged - returned),
      inText('Rate card', price === null ? 'does not price this' : formatCredits(price)),
    ]),
    partners: entries.map((entry) => `ledgerEntry:${entry.id}` as const),
    ...(final ? { offer: suggestForGeneration({ ...generation, charged, returned, price }) } : {}),
  };
}
