import type { Request as Req } from 'express';

/** Why a body was not taken. */
export type BodyRefusal = 'too_large' | 'encoded' | 'cut_off';

/** Status and code for each. */
export const BODY_REFUSALS: Record<BodyRefusal, [number, string]> = {
  too_large: [413, 'body_too_large'],
  encoded: [415, 'body_encoded'],
  cut_off: [400, 'body_cut_off'],
};

/**
 * The whole body, counted as it arrives: what the sender says of its length is not believed. Reads at
 * most `limit` bytes and one chunk.
 */
export const readBody = async (
  req: Req,
  limit: number,
): Promise<{ ok: true; body: Buffer } | { ok: false; why: BodyRefusal }> => {
  if (Number(req.headers['content-length'] ?? 0) > limit) return { ok: false, why: 'too_large' };
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return { ok: false, why: 'encoded' };
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else finish({ ok: false, why: 'too_large' });
    };
    const onEnd = (): void => finish({ ok: true, body: Buffer.concat(chunks) });
    const onCut = (): void => finish({ ok: false, why: 'cut_off' });
    const finish = (result: Awaited<ReturnType<typeof readBody>>): void => {
      req.off('data', onData).off('end', onEnd).off('close', onCut).off('error', onCut);
      if (!result.ok) req.pause();
      resolve(result);
    };
    req.on('data', onData).on('end', onEnd).on('close', onCut).on('error', onCut);
  });
};

/** What a form may have; `&` without anything between counts too. */
const MOST_FIELDS = 100;
const SEPARATOR = 0x26;
const TYPE = /^application\/x-www-form-urlencoded\s{0,4}(;|$)/i;

/** Status and code of what is no form of ours; null: it may be read. */
export const formBodyError = (req: Req, body: Buffer): [number, string] | null => {
  if (body.length === 0) return null;
  // Other kinds (files, JSON) no page sends: they cost more to read, and would be read for nothing.
  if (!TYPE.test(req.headers['content-type'] ?? '')) return [415, 'not_a_form'];
  let fields = 1;
  for (const byte of body) if (byte === SEPARATOR) fields += 1;
  return fields > MOST_FIELDS ? [400, 'too_many_fields'] : null;
};
