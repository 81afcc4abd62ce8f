import type { Request as Req } from 'express';

/** What a form may have; `&` without anything between counts too. */
export const MOST_FIELDS = 100;
const SEPARATOR = 0x26;
const TYPE = /^application\/x-www-form-urlencoded\s{0,4}(;|$)/i;

/** Status and code of what is no form of ours; null: it may be read. */
export const whyNoForm = (req: Req, body: Buffer): [number, string] | null => {
  if (body.length === 0) return null;
  // Other kinds (files, JSON) no page sends: they cost more to read, and would be read for nothing.
  if (!TYPE.test(req.headers['content-type'] ?? '')) return [415, 'not_a_form'];
  let fields = 1;
  for (const byte of body) if (byte === SEPARATOR) fields += 1;
  return fields > MOST_FIELDS ? [400, 'too_many_fields'] : null;
};
