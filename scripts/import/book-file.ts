import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { BookSource } from '#app/services/import/types.ts';
const CHUNK = { highWaterMark: 1 << 18 };
const LARGE = 1 << 20;

/** A book on disk or on standard input, packed or not: the first bytes tell, not the name. */
export interface BookFile extends BookSource {
  /** How much of it has been read, 0 to 1; null where its size is not known. */
  fraction(): number | null;
  /** Worth the measures that a first load of many lines takes. */
  large: boolean;
}

const isGzip = (chunk: Uint8Array): boolean => chunk[0] === 0x1f && chunk[1] === 0x8b;

async function* prepend(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (let next = first; !next.done; next = await rest.next()) yield next.value;
}

/** Unpacks what is packed. A damaged file throws where the damage is. */
async function* unpack(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  const all = prepend(first, iterator);
  if (first.done || !isGzip(first.value)) yield* all;
  else {
    const unpacking = createGunzip({ chunkSize: 1 << 18 });
    // The failure of either end is thrown by reading from the other.
    pipeline(Readable.from(all, { objectMode: false }), unpacking, () => undefined);
    yield* unpacking;
  }
}

async function* skip(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield left > 0 ? chunk.subarray(left) : chunk;
    left = Math.max(0, left - chunk.length);
  }
}

/** SHA-256 of the whole file: a changed one must never be gone on with. */
const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, CHUNK)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
};

/** `path`, or standard input for `-`, which cannot be read twice and so is never gone on with. */
export const openBook = async (path: string): Promise<BookFile> => {
  if (path === '-') {
    const open = (): AsyncIterable<Uint8Array> => unpack(process.stdin);
    return { name: '-', fingerprint: null, open, fraction: () => null, large: true };
  }
  const { size } = statSync(path);
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(path, CHUNK)) {
      // A stream without an encoding reads bytes.
      const bytes = chunk as Uint8Array;
      read += bytes.length;
      yield bytes;
    }
  }
  return {
    name: path,
    fingerprint: await hashOf(path),
    open: (from) => skip(unpack(counted()), from),
    fraction: () => (size === 0 ? 1 : read / size),
    large: size >= LARGE,
  };
};
