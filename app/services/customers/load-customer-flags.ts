import { flagMessage } from '#app/domain/flags/messages/flag-message.ts';
import { flagKey } from '#app/domain/flags/flag.ts';
import type { Flag, FlagFinding } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/lib/instant.ts';
import { suggestForFlag } from '#app/domain/remedies/suggest-for-flag.ts';
import { ruleById } from '#app/domain/rules/registry.ts';
import { SEVERITIES } from '#app/domain/rules/rule.ts';
import type { CustomerFlag, CustomerPageData } from '#app/services/customers/customer-page-data.ts';
import { loadSuggestions } from '#app/services/requests/evaluate/load-suggestions.ts';
import { countFlagsOfCustomer, openFlagsOfCustomer } from '#db/queries/customers/customer-page.ts';
import { flagsOfCustomer } from '#db/queries/flags/flags.ts';
import type { Read } from '#db/store.ts';

/** Flags that the page lists; the others are told by their number. */
const MOST_FLAGS = 40;
/** Records of a flag's evidence that the page names. */
const MOST_EVIDENCE = 12;

export type ShownFlags = Pick<
  CustomerPageData,
  'flags' | 'openFlags' | 'settledFlags' | 'promises'
>;

type Kept = Pick<Flag, 'id' | 'version'> & { assignee: string | null };

interface Shown {
  finding: FlagFinding;
  kept: Kept | null;
  at: Instant;
  /** Of the past nothing can be put right. */
  past?: boolean;
}

function toLine({ finding, kept, at, past = false }: Shown): CustomerFlag {
  const says = flagMessage(finding, at);
  const flagId = kept?.id ?? null;
  return {
    id: flagId,
    rule: finding.rule,
    subject: finding.subject,
    severity: finding.severity,
    confidence: finding.confidence,
    sentence: says,
    since: finding.since,
    evidence: finding.evidence.slice(0, MOST_EVIDENCE),
    evidenceCount: finding.evidence.length,
    version: kept?.version ?? 0,
    assignee: kept?.assignee ?? null,
    offer: past ? null : suggestForFlag({ ...finding, id: flagId, sentence: says }),
  };
}

function promisesOf(flags: readonly CustomerFlag[]): CustomerPageData['promises'] {
  const promises: CustomerPageData['promises'] = {};
  for (const { rule: id } of flags) {
    const { title, promise } = ruleById(id);
    promises[id] ??= { title, ...promise };
  }
  return promises;
}

/** The flags that the last sweep left open, worst first. */
export async function loadStoredFlags(
  read: Read,
  customerId: string,
  now: Instant,
): Promise<ShownFlags> {
  const counts = await countFlagsOfCustomer(read, { customerId });
  const openFlags = counts.find(({ state }) => state === 'open')?.flags ?? 0;
  const settledFlags = counts.reduce((sum, { flags }) => sum + flags, 0) - openFlags;
  const open =
    openFlags === 0 ? [] : await openFlagsOfCustomer(read, { customerId, most: MOST_FLAGS });
  const lines = open.map((flag) => toLine({ finding: flag, kept: flag, at: now }));
  const flags = await loadSuggestions(read, customerId, lines);
  return { flags, openFlags, settledFlags, promises: promisesOf(flags) };
}

const worstFirst = (a: FlagFinding, b: FlagFinding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.since - b.since;

/** What the rules find at an instant of the past: there were no flags to dismiss then. */
export function loadPastFlags(findings: readonly FlagFinding[], at: Instant): ShownFlags {
  const sorted = findings.toSorted(worstFirst);
  const flags = sorted
    .slice(0, MOST_FLAGS)
    .map((finding) => toLine({ finding, kept: null, at, past: true }));
  return { flags, openFlags: sorted.length, settledFlags: null, promises: promisesOf(flags) };
}

/**
 * What the rules find now, before the sweep has come by: under the flag that already stands for it,
 * if there is one, and without what a person has put aside.
 */
export async function loadFoundFlags(
  read: Read,
  customerId: string,
  findings: readonly FlagFinding[],
  now: Instant,
): Promise<ShownFlags> {
  const known = new Map(
    (await flagsOfCustomer(read, customerId)).map((flag) => [flagKey(flag), flag]),
  );
  const shown: CustomerFlag[] = [];
  let open = 0;
  for (const finding of findings.toSorted(worstFirst)) {
    const kept = known.get(flagKey(finding));
    if (kept?.state === 'dismissed' || kept?.state === 'snoozed') continue;
    open += 1;
    const flag = kept?.state === 'open' ? { ...kept, assignee: null } : null;
    if (shown.length < MOST_FLAGS) shown.push(toLine({ finding, kept: flag, at: now }));
  }
  const settled = [...known.values()].filter(({ state }) => state !== 'open').length;
  const flags = await loadSuggestions(read, customerId, shown);
  return { flags, openFlags: open, settledFlags: settled, promises: promisesOf(flags) };
}
