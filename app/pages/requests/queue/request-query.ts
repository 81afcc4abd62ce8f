import { z } from 'zod';
import { REQUEST_KINDS, RESERVING_STATES } from '#app/domain/requests/request.ts';
import type { SettledCursor } from '#app/services/requests/views/load-request-queue.ts';

/** What the address of the queue may say. */
export const queueQuery = z.object({
  kind: z.enum(REQUEST_KINDS, { error: `expected ${REQUEST_KINDS.join(', ')}` }).optional(),
  state: z.enum(RESERVING_STATES, { error: `expected ${RESERVING_STATES.join(', ')}` }).optional(),
  mine: z.literal('1', { error: 'expected 1' }).optional(),
});

const CURSOR = /^(?<at>\d{1,16})~(?<id>[\w-]{1,64})$/;

const cursor = z.string().transform((text, context): SettledCursor => {
  const { at, id } = CURSOR.exec(text)?.groups ?? {};
  if (id !== undefined && Number.isSafeInteger(Number(at))) return { changedAt: Number(at), id };
  context.addIssue('expected a place that a page of the list has given');
  return z.NEVER;
});

/** What the address of the settled requests may say. */
export const closedQuery = z.object({ after: cursor.optional() });
