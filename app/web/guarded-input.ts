import { z } from 'zod';
import { badParameter, notFound, refuse, type Refused } from '#app/web/http.ts';

/** A form that did not fit: a message for each field, as action data with status 422. */
export interface InvalidForm {
  refusal: 'invalid_form';
  fields: Record<string, string>;
}

export type Fields = z.ZodObject;

/** Whether a schema takes several values: only then may a name be repeated. */
const acceptsMany = (schema: unknown): boolean => {
  if (schema instanceof z.ZodArray) return true;
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable
  )
    return acceptsMany(schema.unwrap());
  return schema instanceof z.ZodPipe ? acceptsMany(schema.in) : false;
};

/** Our own messages start small and go on after "is not valid:"; zod's are made to. */
const inWords = (issue: { message: string } | undefined): string => {
  const text = issue?.message ?? 'not as expected';
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
};

/** The path's parameters; whatever cannot be an id of ours leads nowhere. Throws 404. */
export const parseParams = <S extends Fields>(
  schema: S | undefined,
  given: Record<string, string | undefined>,
): z.output<S> | Record<string, never> => {
  if (!schema) return {};
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw notFound();
  return parsed.data;
};

/** Every name with its values, in one pass: asking a form for each name again costs the square of its fields. */
const valuesByName = (form: Iterable<[string, string]>): Map<string, string[]> => {
  const byName = new Map<string, string[]>();
  for (const [name, value] of form) {
    const values = byName.get(name);
    if (values) values.push(value);
    else byName.set(name, [value]);
  }
  return byName;
};

/** The query's known parameters; `''` counts as absent. Throws 400 that names the first wrong one. */
export const parseQuery = <S extends Fields>(
  schema: S | undefined,
  query: URLSearchParams,
): z.output<S> | Record<string, never> => {
  if (!schema) return {};
  const given: Record<string, string | string[]> = {};
  const draft = valuesByName(query);
  for (const [name, field] of Object.entries(schema.shape)) {
    const values = (draft.get(name) ?? []).filter((value) => value !== '');
    const [first] = values;
    if (first === undefined) continue;
    if (acceptsMany(field)) given[name] = values;
    else if (values.length > 1) throw badParameter(name, 'it is given more than once');
    else given[name] = first;
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badParameter(String(issue?.path[0] ?? 'query'), inWords(issue));
};

const readForm = (
  schema: Fields,
  form: URLSearchParams,
): { given: Record<string, string | string[]>; fields: Record<string, string> } => {
  const given: Record<string, string | string[]> = Object.create(null) as Record<string, string>;
  const fields: Record<string, string> = {};
  for (const [name, values] of valuesByName(form)) {
    const [first = ''] = values;
    if (!Object.hasOwn(schema.shape, name)) fields['form'] = 'has a field that is not expected';
    else if (acceptsMany(schema.shape[name])) given[name] = values;
    else if (values.length > 1) fields[name] = 'is given more than once';
    else given[name] = first;
  }
  return { given, fields };
};

/** The form's fields, nothing else and nothing twice; or a message for each that does not fit. */
export const parseForm = async <S extends Fields>(
  schema: S,
  request: Request,
): Promise<{ ok: true; form: z.output<S> } | { ok: false; refused: Refused<InvalidForm> }> => {
  const { given, fields } = readForm(schema, new URLSearchParams(await request.text()));
  const parsed = schema.safeParse({ ...given });
  if (parsed.success && Object.keys(fields).length === 0) return { ok: true, form: parsed.data };
  for (const issue of parsed.error?.issues ?? [])
    fields[String(issue.path[0] ?? 'form')] ??= inWords(issue);
  return { ok: false, refused: refuse(422, { refusal: 'invalid_form', fields }) };
};
