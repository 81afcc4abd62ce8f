import type { Refusal } from '#app/services/import/reject-line.ts';

/** Where the lines come from. */
export interface BookSource {
  name: string;
  /** Tells this content from any other, so that a killed import goes on; null: it starts again. */
  fingerprint: string | null;
  /** The unpacked bytes from `from` on. */
  open(from: number): AsyncIterable<Uint8Array>;
}

/** Where refused lines go. They are kept before the lines around them are counted. */
export interface RejectSink {
  /** Forgets all but the first `bytes`: what a killed run had not counted yet. */
  cutTo(bytes: number): Promise<void>;
  /** Adds refusals and answers the size in bytes after them. */
  add(refused: readonly Refusal[]): Promise<number>;
}

/** How a load leaves room for those who work with the database at the same time. */
export interface Beside {
  /** Bytes of lines that one transaction holds: others wait for its end. */
  blockBytes: number;
  /** Milliseconds between two transactions in which another process gets its turn. */
  pause: number;
}
