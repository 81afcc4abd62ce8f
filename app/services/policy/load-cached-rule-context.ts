import { policySchema } from '#app/domain/policy/policy.ts';
import type { Policy } from '#app/domain/policy/policy.ts';
import type { Stream } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { RuleContext } from '#app/domain/rules/evaluate.ts';
import { allPolicyVersions, allWatermarks } from '#db/queries/customers/customer-page.ts';
import { readStreams } from '#db/queries/book/streams.ts';
import type { Read } from '#db/store.ts';

/** Versions are never changed, only added: each is parsed once for each database. */
const parsed = new WeakMap<Read, Map<string, Policy>>();

async function readPolicies(read: Read): Promise<RuleContext['policies']> {
  const known = parsed.get(read) ?? new Map<string, Policy>();
  parsed.set(read, known);
  const versions = await allPolicyVersions(read, {});
  return versions.map(({ id, appliesFrom, policy }) => {
    const seen = known.get(id) ?? policySchema.parse(policy);
    known.set(id, seen);
    return { appliesFrom, policy: seen };
  });
}

/** Records are never deleted: a stream that holds any does so for good. */
const held = new WeakMap<Read, Set<Stream>>();

/** What is known of a stream without a watermark: all of it, if the book holds any record of it. */
async function withoutMark(read: Read, stream: Stream): Promise<Instant | null> {
  const known = held.get(read) ?? new Set<Stream>();
  held.set(read, known);
  if (!known.has(stream) && (await readStreams(read))[stream] !== null) known.add(stream);
  return known.has(stream) ? Infinity : null;
}

/** What rules see beside a customer's records, read the way a page can afford to at each view. */
export async function loadCachedRuleContext(read: Read): Promise<RuleContext> {
  const [policies, watermarks] = await Promise.all([readPolicies(read), allWatermarks(read, {})]);
  const marks = new Map(watermarks.map(({ id, through }) => [id, through]));
  const known = async (stream: Stream) => marks.get(stream) ?? (await withoutMark(read, stream));
  return {
    policies,
    streams: {
      payments: await known('payments'),
      invoices: await known('invoices'),
      ledger: await known('ledger'),
      generations: await known('generations'),
    },
  };
}
