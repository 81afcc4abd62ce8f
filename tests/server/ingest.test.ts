import { afterAll, beforeAll, expect, it } from 'vitest';
import { customer } from '#db/schema/book.ts';
import { ingestReceipt } from '#db/schema/imports.ts';
import { MINUTE } from '#app/lib/instant.ts';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

const TOKEN = 'a-token-of-some-length';
let site: TestConsole;
beforeAll(async () => {
  site = await startTestConsole({ INGEST_TOKEN: TOKEN, INGEST_MAX_MB: '1' });
});
afterAll(() => site.close());

const line = (id: string, name = 'Ann'): string =>
  JSON.stringify({
    type: 'customer',
    id,
    name,
    email: 'ann@customer.test',
    createdAt: '2026-01-01T00:00:00Z',
  });

const deliver = (body: string, headers: Record<string, string> = {}) =>
  site.ask('/ingest', {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, ...headers },
    body,
  });

const namesOf = async (): Promise<Record<string, string>> => {
  const rows = await site.store.read.select().from(customer);
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
};

it('loads what fits and names what does not by line and reason', async () => {
  const answer = await deliver(`${line('org_a')}\nnot json\n${line('org_b')}\n{"type":"x"}\n`);
  expect(answer.status).toBe(200);
  const body = JSON.parse(answer.text) as { refusals: { line: number; reason: string }[] };
  expect(body).toMatchObject({ read: 4, loaded: 2, refused: 2 });
  expect(body.refusals.map((refusal) => refusal.line)).toEqual([2, 4]);
  for (const { reason } of body.refusals) expect(reason).not.toBe('');
  expect(await namesOf()).toMatchObject({ org_a: 'Ann', org_b: 'Ann' });
});

it('answers a replay as the first time and loads nothing', async () => {
  const key = { 'Idempotency-Key': 'delivery-1' };
  const first = await deliver(line('org_c', 'First'), key);
  await deliver(line('org_c', 'Later'));
  const replay = await deliver(line('org_c', 'First'), key);
  expect(replay.text).toBe(first.text);
  expect(replay.headers['idempotent-replayed']).toBe('true');
  expect((await namesOf())['org_c']).toBe('Later');
  expect((await deliver(line('org_d'), key)).status).toBe(422);
  expect(await namesOf()).not.toHaveProperty('org_d');
});

it('does one delivery of a key at a time, and takes over from one that was cut off', async () => {
  const key = { 'Idempotency-Key': 'delivery-2' };
  const both = await Promise.all([deliver(line('org_e'), key), deliver(line('org_e'), key)]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  await site.store.write((tx) =>
    tx.update(ingestReceipt).set({ status: null, answer: null, startedAt: site.now() }).returning(),
  );
  expect((await deliver(line('org_e'), key)).status).toBe(409);
  site.forward(10 * MINUTE);
  expect((await deliver(line('org_e'), key)).status).toBe(200);
});

it('refuses what is too large, whoever sends it, and everything without the token', async () => {
  expect((await deliver(`${line('org_f')}\n`.repeat(20_000))).status).toBe(413);
  expect(await namesOf()).not.toHaveProperty('org_f');
  expect((await deliver(line('org_g'), { Authorization: 'Bearer another' })).status).toBe(401);
  expect((await deliver(line('org_g'), { 'Idempotency-Key': 'a b' })).status).toBe(400);
  expect(await namesOf()).not.toHaveProperty('org_g');
  const read = await site.ask('/ingest', { headers: { Authorization: `Bearer ${TOKEN}` } });
  expect(read.status).toBe(405);
});
