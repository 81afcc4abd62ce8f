import type { Deps } from '#app/services/deps.ts';
import { importBook } from '#app/services/import/import-book.ts';
import type { ImportResult } from '#app/services/import/import-book.ts';
import type { Refusal } from '#app/services/import/reject-line.ts';
import type { Store } from '#db/store-types.ts';
export interface Loaded extends ImportResult {
  refusals: Refusal[];
}

let serial = 0;

/** Time stands still; ids count up. */
export const depsOf = (store: Store): Deps => ({
  store,
  now: () => Date.parse('2026-05-10T12:00:00Z'),
  newId: (prefix) => `${prefix}_${String((serial += 1)).padStart(6, '0')}`,
});

/** Loads bytes or lines as `POST /ingest` does: in this thread, keeping refusals in memory. */
export const importLines = async (
  store: Store,
  lines: Uint8Array | readonly (string | object)[],
  large = false,
): Promise<Loaded> => {
  const text =
    lines instanceof Uint8Array
      ? lines
      : Buffer.from(
          lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
        );
  const refusals: Refusal[] = [];
  const rejects = {
    cutTo: async () => undefined,
    add: async (refused: readonly Refusal[]) => refusals.push(...refused),
  };
  async function* open(): AsyncGenerator<Uint8Array> {
    yield text;
  }
  const source = { name: 'test', fingerprint: null, open };
  return { ...(await importBook(depsOf(store), source, { rejects, large })), refusals };
};
