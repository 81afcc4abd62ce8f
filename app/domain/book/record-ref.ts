import type { RecordType } from '#app/domain/book/records.ts';

/** `type:id` of a record, e.g. `payment:ch_1`. */
export type RecordRef = `${string}:${string}`;

export const refTo = (type: RecordType, id: string): RecordRef => `${type}:${id}`;

/** Flat, JSON-safe figures that the rule's sentence needs (amount captured, credits bought, error …). */
export type Facts = Record<string, string | number | boolean | null>;
