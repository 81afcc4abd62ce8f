/*
 * A console in a process of its own that asks for refunds as it is told, a line of JSON each, and prints
 * what came of it. Started by asking-at-once.
 */
import { createInterface } from 'node:readline';
import { createIds } from '#app/lib/ids.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { openStore } from '#db/store.ts';
import { askInsisting } from '#tests/support/consoles/ask-insisting.ts';
import { signedIn } from '#tests/reliability/scenarios/people.ts';
import type { PersonName } from '#tests/reliability/scenarios/people.ts';

export interface AskOrders {
  databaseUrl: string;
  stripeUrl: string;
  instant: number;
  person: PersonName;
}
/** `failed`: it did not answer at all. */
export type AskResult =
  { kind: 'asked'; id: string } | { kind: 'refused' | 'failed'; says: string };

// Given by asking-at-once, which is the only one to start this.
const orders = JSON.parse(process.argv[2] ?? '{}') as AskOrders;
const now = (): number => orders.instant;
const store = await openStore(orders.databaseUrl, { poolSize: 2 });
const app = signedIn({ store, now, newId: createIds(now) }, orders.stripeUrl, orders.person);

const ask = async (asked: RemedyDraft): Promise<AskResult> => {
  try {
    const answer = await askInsisting(app, asked);
    if (answer.ok) return { kind: 'asked', id: answer.request.id };
    const { refused, says } = answer.refusal;
    return { kind: refused === 'unavailable' ? 'failed' : 'refused', says };
  } catch (error) {
    return { kind: 'failed', says: String(error) };
  }
};

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  // Written by asking-at-once.
  process.stdout.write(`${JSON.stringify(await ask(JSON.parse(line) as RemedyDraft))}\n`);
}
await store.close();
