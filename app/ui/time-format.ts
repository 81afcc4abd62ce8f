/*
 * Times as text, cut from numbers: `Intl` names months differently in Node and in browsers, which
 * would make the server's markup and the browser's disagree, and costs more for a thousand cells.
 */
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `22 Nov 12:41`, UTC; another year than `now`'s is written out instead of the time of day. */
export function shortUtc(at: number, now: number): string {
  const date = new Date(at);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
  const year = date.getUTCFullYear();
  if (year !== new Date(now).getUTCFullYear()) return `${day} ${year}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** `22 Nov 2026 12:41:07`, UTC. */
export function fullUtc(at: number): string {
  const date = new Date(at);
  return (
    `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()} ` +
    `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  );
}

const QUARTER = 15 * 60_000;
const formatters = new Map<string, Intl.DateTimeFormat | null>();
const offsets = new Map<string, number>();

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat | null = null;
  try {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch {
    // Zones come from customers and are not checked: an unknown one is told as UTC only.
  }
  if (formatters.size > 1_000) formatters.clear();
  formatters.set(zone, made);
  return made;
}

export const isKnownZone = (zone: string): boolean => formatterOf(zone) !== null;

/** Milliseconds to add to UTC in that zone at that instant; null for an unknown zone. */
function offsetOf(at: number, zone: string): number | null {
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const formatter = formatterOf(zone);
  if (formatter === null) return null;
  const part: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(quarter)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  const offset = Date.UTC(year, month - 1, day, hour, minute) - quarter;
  if (offsets.size > 20_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** `Berlin` of `Europe/Berlin`. */
const zoneCity = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** `3 Dec 09:00 Berlin`; null for an unknown zone. */
export function shortInZone(at: number, now: number, zone: string): string | null {
  const offset = offsetOf(at, zone);
  return offset === null ? null : `${shortUtc(at + offset, now + offset)} ${zoneCity(zone)}`;
}

/** `22 Nov 2026 13:41:07 Berlin`; null for an unknown zone. */
export function fullInZone(at: number, zone: string): string | null {
  const offset = offsetOf(at, zone);
  return offset === null ? null : `${fullUtc(at + offset)} ${zoneCity(zone)}`;
}

/** `22 Nov 2026 12:41:07 UTC · 22 Nov 2026 13:41:07 Berlin`: what a time's tooltip says. */
export function timeTitle(at: number, zone: string | null): string {
  const there = zone === null ? null : fullInZone(at, zone);
  return there === null ? `${fullUtc(at)} UTC` : `${fullUtc(at)} UTC · ${there}`;
}

const AGES = [
  { size: 86_400_000, unit: 'd' },
  { size: 3_600_000, unit: 'h' },
  { size: 60_000, unit: 'min' },
] as const;

/** How long ago, cut off below, for a narrow column: `42 min`, `3 h`, `12 d`. */
export function shortAge(at: number, now: number): string {
  const age = Math.max(0, now - at);
  const { size, unit } = AGES.find((one) => age >= one.size) ?? { size: 1_000, unit: 's' };
  return `${Math.floor(age / size)} ${unit}`;
}
