import { inArray } from 'drizzle-orm';
import { chunks } from '#db/chunks.ts';
import { generation } from '#db/schema/book.ts';
import type { Read } from '#db/store.ts';

/** The model and the error of generations: what a flag says beside the figures that rules read. */
export const findGenerationErrors = async (
  read: Read,
  ids: readonly string[],
): Promise<Map<string, { model: string; error: string | null }>> => {
  const found = new Map<string, { model: string; error: string | null }>();
  for (const chunk of chunks(ids)) {
    const rows = await read
      .select({ id: generation.id, model: generation.model, error: generation.error })
      .from(generation)
      .where(inArray(generation.id, chunk));
    for (const { id, model, error } of rows) found.set(id, { model, error });
  }
  return found;
};
