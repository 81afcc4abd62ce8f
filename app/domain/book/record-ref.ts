import type { RecordType } from '#app/domain/book/records.ts';

/** `type:id` of a record, e.g. `payment:ch_1`. */
export type RecordRef = `${string}:${string}`;

export const refTo = (type: RecordType, id: string): RecordRef => `${type}:${id}`;

/** The parts of `type:id`; ids may hold colons, types none. */
export const parseRef = (ref: string): { type: string; id: string } => {
  const colon = ref.indexOf(':');
  return { type: ref.slice(0, colon), id: ref.slice(colon + 1) };
};

/** Flat, JSON-safe figures that the rule's sentence needs (amount captured, credits bought, error …). */
export type Facts = Record<string, string | number | boolean | null>;
