import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { toIso } from '#app/lib/instant.ts';
import { BENCH_AS_OF } from '#scripts/bench/book/bench-customer.ts';
import type { Scale } from '#scripts/bench/book/scale.ts';
import { writeBook } from '#scripts/bench/book/write-book.ts';
import type { WrittenBook } from '#scripts/bench/book/write-book.ts';
import { runScript } from '#scripts/bench/measure/child.ts';
import type { ChildRun } from '#scripts/bench/measure/child.ts';

export const CACHE = resolve('.cache/bench');

/** A database with a book in it, imported and swept, and what that took. */
export interface LoadedBook {
  path: string;
  url: string;
  lines: number;
  /** null where an earlier run did it and its database is used again. */
  import: ChildRun | null;
  sweep: ChildRun | null;
}

/** One run of the bench: what goals share is made once, when the first of them asks for it. */
export class Bench {
  readonly #books = new Map<string, Promise<LoadedBook>>();
  readonly #cleanUps: (() => Promise<void> | void)[] = [];

  constructor(
    readonly scale: Scale,
    /** A tenth of the book: fewer repetitions too. */
    readonly small: boolean,
    /** Uses the databases of an earlier run where they are there. */
    readonly keep: boolean,
    readonly say: (what: string) => void,
  ) {
    mkdirSync(CACHE, { recursive: true });
  }

  /** Runs `cleanUp` when the bench ends, the last one first. */
  onEnd(cleanUp: () => Promise<void> | void): void {
    this.#cleanUps.push(cleanUp);
  }

  async end(): Promise<void> {
    for (const cleanUp of this.#cleanUps.splice(0).reverse()) await cleanUp();
  }

  async written(scale: Scale, prefix?: string): Promise<WrittenBook> {
    this.say(`writing the ${scale.name} book`);
    return writeBook(CACHE, scale, prefix);
  }

  /** The book of the run itself. */
  main(): Promise<LoadedBook> {
    return this.loaded(this.scale);
  }

  /** A freshly imported and swept database with the book of `scale`. */
  loaded(scale: Scale): Promise<LoadedBook> {
    const loading = this.#books.get(scale.name) ?? this.#load(scale);
    this.#books.set(scale.name, loading);
    return loading;
  }

  async #load(scale: Scale): Promise<LoadedBook> {
    const { path: file, lines } = await this.written(scale);
    const kept = `${CACHE}/${scale.name}.db`;
    if (this.keep && existsSync(kept)) {
      return { path: kept, url: `file:${kept}`, lines, import: null, sweep: null };
    }
    const { path, url } = freshDatabase(scale.name);
    this.say(`importing ${lines.toLocaleString('en-US')} lines (${scale.name})`);
    await claimForDemo(url);
    const imported = await importFile(url, file);
    this.say(`sweeping the ${scale.name} book`);
    const sweep = await sweepAll(url);
    return { path, url, lines, import: imported, sweep };
  }
}

/** An empty path for a database; what was there before is removed. */
export function freshDatabase(name: string): { path: string; url: string } {
  const path = `${CACHE}/${name}.db`;
  removeDatabase(path);
  return { path, url: `file:${path}` };
}

export function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
}

/** The environment of every command and server: this database, and the clock at the book's instant. */
export const environment = (url: string): Record<string, string> => ({
  DATABASE_URL: url,
  REDRESS_NOW: toIso(BENCH_AS_OF),
});

/** The bench signs in as the demo's staff, who are on the demo's own databases only. */
export const claimForDemo = (url: string): Promise<ChildRun> =>
  runScript('scripts/demo-book/claim.ts', [], { env: environment(url) });

/** The import command, as a person runs it, without the sweep that is measured by itself. */
export const importFile = (url: string, file: string): Promise<ChildRun> =>
  runScript('scripts/import.ts', ['--no-sweep', file], { env: environment(url) });

/** The sweep command over the whole book, at the book's own instant. */
export const sweepAll = (url: string, ...options: string[]): Promise<ChildRun> =>
  runScript('scripts/sweep.ts', ['--as-of', toIso(BENCH_AS_OF), ...options], {
    env: environment(url),
  });

export const openReadOnly = (path: string): Database.Database =>
  new Database(path, { readonly: true });
