import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { RejectSink } from '#app/services/import/types.ts';
import { toRejectLine } from '#app/services/import/reject-line.ts';
import type { Refusal } from '#app/services/import/reject-line.ts';
export interface RejectFile extends RejectSink {
  path: string;
  close(): Promise<void>;
}

/**
 * `FILE.rejects.ndjson`: made with the first refusal, readable by its owner only, on disk before the
 * database counts the lines. One left by an earlier load of the file is removed.
 */
export const rejectFile = (
  bookPath: string,
  onRefused: (refused: readonly Refusal[]) => void,
): RejectFile => {
  const path = `${bookPath === '-' ? 'stdin' : bookPath}.rejects.ndjson`;
  let file: FileHandle | undefined;
  let size = 0;
  return {
    path,
    cutTo: async (bytes) => {
      if (bytes === 0) return rm(path, { force: true });
      if (!existsSync(path))
        throw new Error(`${path} is gone, which an unfinished load goes on with`);
      file = await open(path, 'r+');
      await file.truncate(bytes);
      size = bytes;
    },
    add: async (refused) => {
      file ??= await open(path, 'w', 0o600);
      const text = Buffer.from(refused.map(toRejectLine).join(''));
      await file.write(text, 0, text.length, size);
      await file.datasync();
      size += text.length;
      onRefused(refused);
      return size;
    },
    close: async () => file?.close(),
  };
};

/** For a dry run: refusals are told, not kept. */
export const noRejectFile = (onRefused: (refused: readonly Refusal[]) => void): RejectSink => ({
  cutTo: async () => undefined,
  add: async (refused) => {
    onRefused(refused);
    return 0;
  },
});
