import type { Instant } from '#app/lib/instant.ts';
import type { Logger } from '#app/config/log.ts';
import { RequestChanges } from '#app/web/request-changes.ts';
import { accountMarks, newestFlagChange } from '#db/queries/flags/flag-changes.ts';
import type { Store } from '#db/store-types.ts';
/** An open page that wants to know. */
export interface Listener {
  /** The customer it shows; null: it shows none. */
  customerId: string | null;
  /**
   * `flags`: some flag changed; `requests`: some request, a step or a mail of one; `customer`: the
   * customer it shows was imported to or swept, or one of its requests changed.
   */
  tell(what: 'flags' | 'customer' | 'requests'): void;
  /** Whose page it is, and the session that it was opened with. */
  staffId: string;
  sessionHash: string;
  end(): void;
}

const POLL_EVERY = 1_000;
/** A page is told nothing a second after its session has ended, wherever that was done. */
const CHECK_SESSIONS_EVERY = 500;
/** Open pages of one person that are told of changes; each holds a connection. */
export const MOST_STREAMS = 10;
/** A page was made at most this long before it listens: what changed meanwhile it has not seen. */
const PAGE_AGE = 5_000;

interface Watching {
  store: Store;
  log: Logger;
  now: () => Instant;
  /** Those of these sessions that may still be used. */
  aliveSessions(hashes: readonly string[]): Promise<ReadonlySet<string>>;
}

/** What a page was told of last. */
interface Known {
  flags: Instant | null;
  customer: string | undefined;
}

/**
 * Watches the database on behalf of every open page at once: one look a second, and none while nobody
 * listens. Works alike when another process imports or sweeps.
 */
export class LiveUpdates {
  readonly #deps: Watching;
  readonly #known = new Map<Listener, Known | null>();
  readonly #requests = new RequestChanges();
  #timer: NodeJS.Timeout | undefined;
  #sessionTimer: NodeJS.Timeout | undefined;

  constructor(deps: Watching) {
    this.#deps = deps;
  }

  /** How many pages listen. */
  get size(): number {
    return this.#known.size;
  }

  /** Answers the function that stops listening. */
  listen(listener: Listener): () => void {
    this.#known.set(listener, null);
    // At once, so that a change is measured against what there is now.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#poll(), 0);
    this.#sessionTimer ??= setTimeout(() => void this.#checkSessions(), CHECK_SESSIONS_EVERY);
    return () => this.#known.delete(listener);
  }

  /** Whether one more page of this person can be told of changes. */
  hasRoomFor(staffId: string): boolean {
    const open = [...this.#known.keys()].filter((listener) => listener.staffId === staffId);
    return open.length < MOST_STREAMS;
  }

  /** How many pages are told of changes now. */
  get open(): number {
    return this.#known.size;
  }

  /** A session has ended in this process: its pages are not told anything more. */
  endSession(sessionHash: string): void {
    this.#endThose((listener) => listener.sessionHash === sessionHash);
  }

  /** Ends every stream: the process is going down. */
  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#sessionTimer);
    this.#timer = undefined;
    this.#sessionTimer = undefined;
    for (const listener of this.#known.keys()) listener.end();
    this.#known.clear();
  }

  async #poll(): Promise<void> {
    try {
      await this.#look();
    } catch (error) {
      // With nobody left the process is going down, and the store with it.
      if (this.#known.size > 0) this.#deps.log.error({ err: error }, 'looking for changes failed');
    }
    clearTimeout(this.#timer);
    this.#timer =
      this.#known.size > 0 ? setTimeout(() => void this.#poll(), POLL_EVERY) : undefined;
  }

  async #look(): Promise<void> {
    const { store, now } = this.#deps;
    const flags = await newestFlagChange(store.read);
    const watched = [...this.#known.keys()].flatMap(({ customerId }) => customerId ?? []);
    const marks = await accountMarks(store.read, [...new Set(watched)]);
    const requests = await this.#requests.look(store);
    const isRecent = (at: Instant | null): boolean => at !== null && now() - at < PAGE_AGE;
    for (const [listener, known] of this.#known) {
      const { customerId } = listener;
      const customer = customerId === null ? undefined : marks.get(customerId);
      this.#known.set(listener, { flags, customer });
      if (known === null) {
        if (isRecent(flags)) listener.tell('flags');
        if (isRecent(requests.newest)) listener.tell('requests');
        continue;
      }
      const concerned = customerId !== null && requests.concerns(customerId);
      if (customer !== known.customer || concerned) listener.tell('customer');
      else if (flags !== known.flags) listener.tell('flags');
      if (requests.changed) listener.tell('requests');
    }
  }

  /** Sessions end in other processes too, and by themselves: all open ones are looked at at once. */
  async #checkSessions(): Promise<void> {
    try {
      const hashes = new Set([...this.#known.keys()].map(({ sessionHash }) => sessionHash));
      const alive = await this.#deps.aliveSessions([...hashes]);
      // One that was opened meanwhile was not asked about.
      this.#endThose(({ sessionHash }) => hashes.has(sessionHash) && !alive.has(sessionHash));
    } catch (error) {
      if (this.#known.size > 0)
        this.#deps.log.error({ err: error }, 'looking after sessions failed');
    }
    this.#sessionTimer =
      this.#known.size > 0
        ? setTimeout(() => void this.#checkSessions(), CHECK_SESSIONS_EVERY)
        : undefined;
  }

  #endThose(test: (listener: Listener) => boolean): void {
    for (const listener of [...this.#known.keys()].filter(test)) {
      this.#known.delete(listener);
      listener.end();
    }
  }
}
