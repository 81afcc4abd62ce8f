/**
 * An instant: whole milliseconds since 1970-01-01T00:00:00Z. Numbers, not `Date` objects, because the
 * rules walk millions of them; `Date` appears only where something is formatted for a person.
 */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `2026-05-03T09:12:44.120Z`: UTC, always three decimals and `Z`. */
export const toIso = (instant: Instant): string => new Date(instant).toISOString();

/** Before every record that a book can hold, and after. */
export const FIRST_INSTANT: Instant = Date.parse('0000-01-01T00:00:00Z');

export const LAST_INSTANT: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
