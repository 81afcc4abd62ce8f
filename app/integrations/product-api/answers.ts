import { z } from 'zod';
import { parseRecord } from '#app/domain/book/parse-line.ts';
import type { LedgerEntry } from '#app/domain/book/records.ts';
import { isTooDeep } from '#app/lib/json-depth.ts';

/** What the product says instead of doing. */
export type ProductFault =
  /** It says no, and has done nothing. */
  | { kind: 'refused'; status: number; code: string | null; message: string }
  /** Too many requests: nothing done, try later. */
  | { kind: 'busy'; message: string }
  /** It does not take our signature: nothing done, until somebody mends it. */
  | { kind: 'denied'; message: string }
  /** It may have happened. */
  | { kind: 'unknown'; message: string };

export type AdjustmentOutcome =
  | { kind: 'accepted'; entry: LedgerEntry }
  /** An entry, but not the one that was asked for. */
  | { kind: 'mismatched'; entry: LedgerEntry }
  | ProductFault;
export type HoldOutcome = { kind: 'accepted' } | ProductFault;

export interface Answer {
  status: number;
  text: string;
  /** Its `Content-Type` says JSON, as the product's own answers do and a gateway's pages do not. */
  json: boolean;
}

const parseJson = (text: string): unknown => {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** How the product may word what it does not do; its status alone is enough. */
const problem = z.union([
  z
    .object({ error: z.object({ code: z.string().nullish(), message: z.string() }) })
    .transform(({ error: { code, message } }) => ({ code: code ?? null, message })),
  z.object({ error: z.string() }).transform(({ error }) => ({ code: null, message: error })),
  z.object({ message: z.string() }).transform(({ message }) => ({ code: null, message })),
]);

/** What a status of 300 or above means. 409 says that an earlier request has used the key. */
export const readFault = ({ status, text, json }: Answer): ProductFault => {
  const read = problem.safeParse(parseJson(text));
  const message = read.success ? read.data.message : `the product answered ${status}`;
  if (status === 429) return { kind: 'busy', message };
  if (status === 401 || status === 403) return { kind: 'denied', message };
  // What is no JSON, the product has not said: a gateway's page means nothing.
  if (status >= 400 && status < 500 && status !== 408 && status !== 409 && json)
    return { kind: 'refused', status, code: read.success ? read.data.code : null, message };
  return { kind: 'unknown', message };
};

/** Whether the entry is the one that was asked for. */
const fits = (entry: LedgerEntry, body: string): boolean => {
  const draft = z
    .object({ customerId: z.string(), credits: z.number() })
    .safeParse(parseJson(body));
  return (
    draft.success &&
    entry.customerId === draft.data.customerId &&
    entry.credits === draft.data.credits
  );
};

/** Reads an answer that should be a `ledgerEntry`. `body`: what was sent, to compare; null: a read. */
export const readAdjustmentAnswer = (answer: Answer, body: string | null): AdjustmentOutcome => {
  if (answer.status < 200 || answer.status >= 300) return readFault(answer);
  const parsed = parseRecord(parseJson(answer.text));
  if ('refused' in parsed || parsed.ok.type !== 'ledgerEntry')
    return { kind: 'unknown', message: 'the product answered without a ledger entry' };
  const entry = parsed.ok.record;
  if (body !== null && !fits(entry, body)) return { kind: 'mismatched', entry };
  return { kind: 'accepted', entry };
};
