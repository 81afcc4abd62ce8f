import { clipText } from '#app/lib/clip-text.ts';
import { formatCredits } from '#app/domain/money/credits.ts';
import type { Instant } from '#app/lib/instant.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import type { Offer } from '#app/domain/remedies/suggestion.ts';
import type { Read } from '#db/store.ts';
/** One line of what a record says. Lines that say nothing are left out. */
export interface RecordField {
  label: string;
  text: string;
  /** Only its beginning stands here: the whole has to be asked for. */
  cut?: boolean;
  /** Epoch milliseconds, where the text is a time: the page writes it with its zone. */
  at?: Instant;
  /** The record that the text names. */
  ref?: RecordRef;
  /** It names a record that this customer's book does not hold. */
  lost?: boolean;
}

type Maybe = RecordField | null;

export const inText = (label: string, text: string | number | null): Maybe =>
  text === null || text === '' ? null : { label, text: String(text) };

export const inCredits = (label: string, credits: number | null, signed = false): Maybe =>
  credits === null ? null : { label, text: formatCredits(credits, { signed }) };

/** @param minor minor units of `currency`. */
export const inMoney = (label: string, minor: number | null, currency: string): Maybe =>
  minor === null ? null : { label, text: formatMoney(minor, currency) };

export const inTime = (label: string, at: Instant | null): Maybe =>
  at === null ? null : { label, text: '', at };

export const inRef = (
  label: string,
  type: string,
  id: string | null,
  held: boolean,
  text: string | null = id,
): Maybe =>
  id === null || text === null ? null : { label, text, ref: `${type}:${id}`, lost: !held };

export const present = (fields: readonly Maybe[]): RecordField[] =>
  fields.filter((field) => field !== null);

/** A field as a page carries it. */
export const clipField = (field: RecordField): RecordField => {
  const text = clipText(field.text);
  return text === field.text ? field : { ...field, text, cut: true };
};

/** A record with every field it has, and the records in the other regions that belong to it. */
export interface RecordDetails {
  ref: RecordRef;
  /** `Payment`, `Ledger entry` … */
  title: string;
  fields: RecordField[];
  /** By payment or generation id, newest first. */
  partners: RecordRef[];
  /** What can be asked for because of it; absent where nothing ever can, or the past is shown. */
  offer?: Offer;
}

/** Whose record, and as of when. */
export interface RecordQuery {
  read: Read;
  customerId: string;
  id: string;
  asOf: Instant;
}
