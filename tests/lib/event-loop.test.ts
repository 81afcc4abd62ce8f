import { expect, it } from 'vitest';
import { othersFirst, readInTurns } from '#app/lib/event-loop.ts';

/** Counts the turns of the event loop until it is stopped. */
const countTurns = () => {
  const count = { turn: 0, done: false };
  const next = (): void => {
    count.turn += 1;
    if (!count.done) setImmediate(next);
  };
  setImmediate(next);
  return count;
};

it('lets one of many long works go on in each turn of the event loop', async () => {
  const count = countTurns();
  const turns: number[] = [];
  const order: string[] = [];
  const work = async (name: string): Promise<void> => {
    for (let part = 0; part < 5; part += 1) {
      await othersFirst();
      turns.push(count.turn);
      order.push(name);
    }
  };
  await Promise.all([work('a'), work('b'), work('c')]);
  count.done = true;
  expect(new Set(turns).size).toBe(15);
  expect(order.join('')).toBe('abc'.repeat(5));
});

it('begins a read in a later turn where this one has read for long', async () => {
  const count = countTurns();
  const turns: number[] = [];
  const longRead = (): void => {
    turns.push(count.turn);
    const since = performance.now();
    while (performance.now() - since < 10);
  };
  await Promise.all([0, 1, 2, 3].map(() => readInTurns(longRead)));
  count.done = true;
  expect(new Set(turns).size).toBe(4);
});

it('answers short reads in the turn in which they are requested', async () => {
  await othersFirst();
  const count = countTurns();
  for (let at = 0; at < 20; at += 1) expect(await readInTurns(() => at)).toBe(at);
  expect(count.turn).toBe(0);
  count.done = true;
});

it('goes on after a read that failed', async () => {
  const failing = readInTurns(() => {
    throw new Error('no such table');
  });
  await expect(failing).rejects.toThrow('no such table');
  expect(await readInTurns(() => 'read')).toBe('read');
});
