import type { Logger } from '#app/platform/log.ts';
import { accountMarks, newestFlagChange } from '#db/queries/live-changes.ts';
import type { Store } from '#db/store.ts';

/** An open page that wants to know. */
export interface Listener {
  /** The customer it shows; null: it shows none. */
  customerId: string | null;
  /** `flags`: some flag changed; `customer`: the customer it shows was imported to or swept. */
  tell(what: 'flags' | 'customer'): void;
  /** Whether its session still holds. */
  mayStay(): Promise<boolean>;
  end(): void;
}

const POLL_EVERY = 1_000;
/** Sessions are looked at once in so many polls. */
const POLLS_PER_SESSION_CHECK = 5;

/**
 * Watches the database on behalf of every open page at once: one look a second, and none while nobody
 * listens. Works alike when another process imports or sweeps.
 */
export class LiveChanges {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #polls = 0;
  #flags: number | null | undefined;
  #marks = new Map<string, string>();

  constructor(store: Store, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /** Answers the function that stops listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setTimeout(() => void this.#poll(), POLL_EVERY);
    return () => this.#listeners.delete(listener);
  }

  /** Ends every stream: the process is going down. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const listener of this.#listeners) listener.end();
    this.#listeners.clear();
  }

  async #poll(): Promise<void> {
    try {
      await this.#look();
      this.#polls += 1;
      if (this.#polls % POLLS_PER_SESSION_CHECK === 0) await this.#dismissStrangers();
    } catch (error) {
      this.#log.error({ err: error }, 'looking for changes failed');
    }
    if (this.#listeners.size > 0) {
      this.#timer = setTimeout(() => void this.#poll(), POLL_EVERY);
      return;
    }
    this.#timer = undefined;
    this.#flags = undefined;
    this.#marks.clear();
  }

  async #look(): Promise<void> {
    const flags = await newestFlagChange(this.#store.read);
    const watched = [...this.#listeners].flatMap(({ customerId }) => customerId ?? []);
    const marks = await accountMarks(this.#store.read, [...new Set(watched)]);
    // The first look after a pause only learns what is there.
    const flagsMoved = this.#flags !== undefined && flags !== this.#flags;
    for (const listener of this.#listeners) {
      const id = listener.customerId;
      const before = id === null ? undefined : this.#marks.get(id);
      if (id !== null && before !== undefined && before !== marks.get(id))
        listener.tell('customer');
      else if (flagsMoved) listener.tell('flags');
    }
    this.#flags = flags;
    this.#marks = marks;
  }

  async #dismissStrangers(): Promise<void> {
    for (const listener of this.#listeners) {
      if (await listener.mayStay()) continue;
      this.#listeners.delete(listener);
      listener.end();
    }
  }
}
