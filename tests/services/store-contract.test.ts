import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { watermark } from '#db/schema.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

test('a write is read back', async () => {
  const store = await freshStore();
  await store.write(async (tx) => {
    await tx.insert(watermark).values({ id: 'ledger', through: 5 }).returning();
  });
  expect(await store.read.select().from(watermark).where(eq(watermark.id, 'ledger'))).toEqual([
    { id: 'ledger', through: 5 },
  ]);
});
