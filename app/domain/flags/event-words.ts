import { formatCredits } from '#app/domain/credits.ts';
import type { FlagEventKind } from '#app/domain/flags/flag.ts';
import { formatMoney } from '#app/domain/money.ts';
import type { Facts } from '#app/domain/rules/rule.ts';

interface FlagEvent {
  kind: FlagEventKind;
  reason: string | null;
  detail: Facts | null;
}

type NameOf = (staffId: string) => string | null;

const because = (reason: string | null): string => (reason === null ? '' : `: ${reason}`);

const WORDS: Record<FlagEventKind, (event: FlagEvent, nameOf: NameOf) => string> = {
  opened: () => 'Opened',
  reopened: ({ reason }) => `Opened again${because(reason)}`,
  closed: ({ reason }) => `Closed by itself${because(reason)}`,
  dismissed: ({ reason }) => `Dismissed${because(reason)}`,
  snoozed: ({ reason, detail }) => `Snoozed${untilOf(detail)}${because(reason)}`,
  snooze_ended: () => 'Back from being snoozed',
  assigned: ({ detail }, nameOf) => assignedTo(detail, nameOf),
  changed: ({ detail }) => `Changed${because(changesOf(detail))}`,
};

/**
 * What happened to a flag, in words for its history; who and when stand beside it.
 * @param nameOf the name of a member of staff, null where nobody has that id.
 */
export function sayFlagEvent(event: FlagEvent, nameOf: NameOf): string {
  return WORDS[event.kind](event, nameOf);
}

function untilOf(detail: Facts | null): string {
  const until = detail?.['until'];
  return typeof until === 'string' ? ` until ${until.slice(0, 16).replace('T', ' ')} UTC` : '';
}

function assignedTo(detail: Facts | null, nameOf: NameOf): string {
  const id = detail?.['assigneeId'];
  return typeof id === 'string' ? `Assigned to ${nameOf(id) ?? id}` : 'Assigned to nobody';
}

/** `credits 5,000 → 3,000`; null where only evidence or wording moved. */
function changesOf(detail: Facts | null): string | null {
  if (detail === null) return null;
  const pairs: string[] = [];
  for (const name of ['severity', 'confidence', 'credits', 'amount'] as const) {
    if (!(name in detail)) continue;
    const [before, after] = [detail[`${name}Before`] ?? null, detail[name] ?? null];
    pairs.push(`${name} ${figure(name, before, detail)} → ${figure(name, after, detail)}`);
  }
  if (pairs.length > 0) return pairs.join(', ');
  return 'evidence' in detail ? 'other evidence' : null;
}

function figure(name: string, value: Facts[string], detail: Facts): string {
  if (typeof value !== 'number') return value === null ? 'none' : String(value);
  if (name === 'credits') return formatCredits(value);
  const currency = detail['currency'];
  return typeof currency === 'string'
    ? formatMoney(value, currency)
    : value.toLocaleString('en-US');
}
