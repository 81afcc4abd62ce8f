import { policySchema } from '#app/domain/policy.ts';
import type { Policy } from '#app/domain/policy.ts';
import type { StreamsKnown } from '#app/domain/book/book.ts';
import { STREAMS } from '#app/domain/book/records.ts';
import type { World } from '#app/domain/rules/evaluate.ts';
import { allPolicyVersions, allWatermarks } from '#db/queries/customer-page.ts';
import { readStreams } from '#db/queries/streams.ts';
import type { Read } from '#db/store.ts';

/** Versions are never changed, only added: each is parsed once for each database. */
const parsed = new WeakMap<Read, Map<string, Policy>>();

async function readPolicies(read: Read): Promise<World['policies']> {
  const known = parsed.get(read) ?? new Map<string, Policy>();
  parsed.set(read, known);
  const versions = await allPolicyVersions(read, {});
  return versions.map(({ id, appliesFrom, policy }) => {
    const seen = known.get(id) ?? policySchema.parse(policy);
    known.set(id, seen);
    return { appliesFrom, policy: seen };
  });
}

/** What rules see beside a customer's records, read the way a page can afford to at each view. */
export async function readCustomerWorld(read: Read): Promise<World> {
  const policies = await readPolicies(read);
  const marks = new Map((await allWatermarks(read, {})).map(({ id, through }) => [id, through]));
  const allMarked = STREAMS.every((stream) => marks.has(stream));
  if (!allMarked) return { policies, streams: await readStreams(read) };
  // Every stream has a mark: the fallback is never used.
  const through = (stream: keyof StreamsKnown) => marks.get(stream) ?? null;
  const [payments, invoices, ledger, generations] = [
    through('payments'),
    through('invoices'),
    through('ledger'),
    through('generations'),
  ];
  return { policies, streams: { payments, invoices, ledger, generations } };
}
