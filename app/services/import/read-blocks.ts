/** A run of whole lines: the last one may lack its line feed at the end of the file only. */
export interface Block {
  bytes: Uint8Array;
  /** Where in the unpacked file the block ends. */
  end: number;
}

const LINE_FEED = 10;
const BLOCK_BYTES = 1 << 18;
/** What is held of a line at most. The rest of a longer one is passed over: what is left is no JSON. */
const LINE_BYTES = 64 << 20;

/** Bytes that wait for the end of their line. */
class Pending {
  #parts: Uint8Array[] = [];
  size = 0;

  add(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#parts.push(part);
    this.size += part.length;
  }

  /** Adds as much of a line as there is room for, and its line feed if it has one. */
  addCut(line: Uint8Array): void {
    const ended = line.at(-1) === LINE_FEED;
    this.add(line.subarray(0, Math.max(0, LINE_BYTES - this.size)));
    if (ended) this.add(Uint8Array.of(LINE_FEED));
  }

  /** Everything, in memory of its own that may be handed to another thread. */
  take(): Uint8Array {
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    this.#parts = [];
    this.size = 0;
    return all;
  }
}

/** The same bytes in pieces of at most a block, however large a chunk is handed over. */
async function* inPieces(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += size) {
      yield chunk.subarray(at, at + size);
    }
  }
}

/**
 * Cuts a stream of bytes, which begins at `from` of the file, into blocks of about `blockBytes` that end
 * with a line. Holds no more than a block and its last line, whatever the size of the stream.
 */
export async function* readBlocks(
  chunks: AsyncIterable<Uint8Array>,
  from = 0,
  blockBytes = BLOCK_BYTES,
): AsyncGenerator<Block> {
  const pending = new Pending();
  let end = from;
  for await (const piece of inPieces(chunks, blockBytes)) {
    let rest = piece;
    while (rest.length > 0 && pending.size + rest.length > LINE_BYTES) {
      const lineEnd = rest.indexOf(LINE_FEED) + 1 || rest.length;
      pending.addCut(rest.subarray(0, lineEnd));
      end += lineEnd;
      if (rest[lineEnd - 1] === LINE_FEED) yield { bytes: pending.take(), end };
      rest = rest.subarray(lineEnd);
    }
    const cut = rest.lastIndexOf(LINE_FEED) + 1;
    // Small chunks are gathered: a block is handed over only when it is worth it.
    if (cut > 0 && pending.size + cut >= blockBytes) {
      pending.add(rest.subarray(0, cut));
      yield { bytes: pending.take(), end: end + cut };
      pending.add(rest.subarray(cut));
    } else {
      pending.add(rest);
    }
    end += rest.length;
  }
  if (pending.size) yield { bytes: pending.take(), end };
}
