import type { z } from 'zod';
import { fastParse } from '#app/domain/book/fast-parse.ts';
import { DEEPEST_JSON, isTooDeep } from '#app/lib/json-depth.ts';
import type { BookRecord, RecordType } from '#app/domain/book/records.ts';
import { SCHEMAS } from '#app/domain/book/schemas.ts';

/** A line of a book, checked: the record, or why it was refused in words that name field and problem. */
export type ParsedLine = { ok: BookRecord } | { refused: string };

const TYPES = Object.keys(SCHEMAS).join(', ');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isType = (type: unknown): type is RecordType =>
  typeof type === 'string' && Object.hasOwn(SCHEMAS, type);

/** `billTo.name`, `paymentIds[2]`: where in the record the problem is. */
const fieldName = (path: readonly PropertyKey[]): string =>
  path
    .map((step, depth) =>
      typeof step === 'number' ? `[${step}]` : `${depth ? '.' : ''}${String(step)}`,
    )
    .join('');

const reasonOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${fieldName(path)} ${message}`).join('; ');

const describe = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

/** Checks what `JSON.parse` has made of a line. Never throws, whatever the value. */
export const parseRecord = (value: unknown): ParsedLine => {
  if (!isObject(value)) return { refused: 'is not a JSON object' };
  const type = Object.hasOwn(value, 'type') ? value['type'] : undefined;
  if (type === undefined || type === null) return { refused: 'type is missing' };
  if (!isType(type)) return { refused: `type ${describe(type)} is not one of ${TYPES}` };
  // SCHEMAS pairs each type with the schema of its record, which a lookup by a union cannot express.
  const read = fastParse(SCHEMAS[type])(value);
  if (read !== undefined) return { ok: { type, record: read } as BookRecord };
  const parsed = SCHEMAS[type].safeParse(value);
  if (!parsed.success) return { refused: reasonOf(parsed.error) };
  return { ok: { type, record: parsed.data } as BookRecord };
};

/**
 * A refused line as the reject file holds it where it was no JSON object; read again, the text in it
 * counts as the line.
 */
const wrappedText = (value: unknown): string | null =>
  isObject(value) && !Object.hasOwn(value, 'type') && typeof value['refused'] === 'string'
    ? typeof value['text'] === 'string'
      ? value['text']
      : null
    : null;

/** An object that does not end: a reader of JSON finds that out too, at a hundred times the cost of looking. */
const isCutOff = (line: string): boolean => line.startsWith('{') && !line.trimEnd().endsWith('}');

const TOO_DEEP = { refused: `is nested more than ${DEEPEST_JSON} deep` };

/** Reads one line, which must not be blank. Never throws. */
export const parseLine = (line: string): ParsedLine => {
  if (isTooDeep(line)) return TOO_DEEP;
  if (isCutOff(line)) return { refused: 'is not JSON' };
  let value: unknown;
  try {
    value = JSON.parse(line);
    const wrapped = wrappedText(value);
    if (wrapped !== null && isTooDeep(wrapped)) return TOO_DEEP;
    if (wrapped !== null) value = JSON.parse(wrapped);
  } catch {
    return { refused: 'is not JSON' };
  }
  return parseRecord(value);
};
