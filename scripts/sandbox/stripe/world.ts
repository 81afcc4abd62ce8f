import { randomBytes } from 'node:crypto';
import type { Entities, Kind, Refund, StoredEvent } from '#scripts/sandbox/stripe/entities.ts';
const KINDS: readonly Kind[] = [
  'customer',
  'taxId',
  'charge',
  'refund',
  'invoice',
  'invoicePayment',
  'creditNote',
  'subscription',
  'dispute',
  'setupIntent',
  'setupAttempt',
  'event',
];
const IN_THREE_DAYS: RefundDelays = { succeeded: 3 * 86_400, failed: 3 * 86_400 };
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 24 letters from the system's random source. */
const randomTail = (): string =>
  // A remainder of 62 is always an index of the 62 letters.
  [...randomBytes(24)].map((byte) => LETTERS.charAt(byte % 62)).join('');

/** The results of a POST under its idempotency key. */
export interface KeyRecord {
  key: string;
  /** Unix milliseconds; a key is forgotten 24 hours later. */
  at: number;
  path: string;
  fingerprint: string;
  /** Null while the request is still running. */
  reply: { status: number; body: string } | null;
}

/** One line of the journal that outlives the process. */
export type Change =
  { put: Kind; row: Entities[Kind] } | { drop: Kind; id: string } | { key: KeyRecord };

export type Carelessness =
  /** Refunds bear no metadata. */
  | 'drops_metadata'
  /** Lists of refunds hold those of every charge. */
  | 'ignores_filters'
  /** What a charge says of its refunds never changes. */
  | 'frozen_figures'
  /** Refunds name neither their charge nor their payment intent. */
  | 'nameless_refunds'
  /** Refunds do not say their currency. */
  | 'no_currency'
  /** Lists of refunds are empty. */
  | 'empty_lists';

export interface WorldOptions {
  now?: () => number;
  /** Makes the letters after the prefix of an id; a seeded one makes runs repeatable. */
  newTail?: () => string;
  /** Seconds after which a refund that is not at its end yet comes to it by itself. */
  refundsEndAfter?: RefundDelays;
  /** Enforces nothing: no ceiling on refunds, no idempotency. */
  lax?: boolean;
  /** What a server of somebody else's may leave undone. */
  careless?: readonly Carelessness[];
  /** Told of each change, in order. */
  onChange?: (change: Change) => void;
}

/** The whole truth of one local Stripe account. */
export class World {
  readonly lax: boolean;
  readonly careless: ReadonlySet<Carelessness>;
  readonly keys = new Map<string, KeyRecord>();
  /** Every key that any POST has carried, refused ones included. */
  readonly keysSeen = new Set<string>();
  /** Every POST that has arrived, in order. */
  readonly posts: { path: string; key: string | null; status: number | null; body: string }[] = [];
  /** How the next refund goes; null: it succeeds at once. */
  nextFate: RefundFate | null = null;
  /** How refunds of a charge go, by its id. */
  readonly fates = new Map<string, RefundFate>();
  /** Called after the request that caused it has been carried out. */
  onEvent: (event: StoredEvent) => void = () => {};

  /** Charges of which nothing is heard until then, in Unix milliseconds. */
  private readonly silences = new Map<string, number>();
  private readonly options: WorldOptions;
  private readonly tables: { [K in Kind]: Map<string, Entities[K]> };
  private offset = 0;

  constructor(options: WorldOptions = {}) {
    this.options = options;
    this.lax = options.lax ?? false;
    this.careless = new Set(options.careless ?? []);
    // Each kind has its map; fromEntries cannot say which value belongs to which key.
    this.tables = Object.fromEntries(KINDS.map((kind) => [kind, new Map()])) as World['tables'];
  }

  /** Unix milliseconds by this account's own clock. */
  now(): number {
    return (this.options.now ?? Date.now)() + this.offset;
  }

  /** Unix seconds, as Stripe counts. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  get refundsEndAfter(): RefundDelays {
    return this.options.refundsEndAfter ?? IN_THREE_DAYS;
  }

  /** For so long requests about the charge get no answer, and its events are not delivered. */
  silence(charge: string, milliseconds: number): void {
    this.silences.set(charge, this.now() + milliseconds);
  }

  isSilent(charge: string | null): boolean {
    return charge !== null && (this.silences.get(charge) ?? 0) > this.now();
  }

  /** Moves the clock forwards; a negative step is refused. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new Error('the clock only goes forwards');
    this.offset += milliseconds;
  }

  newId(prefix: string): string {
    return `${prefix}_${(this.options.newTail ?? randomTail)()}`;
  }

  get<K extends Kind>(kind: K, id: string): Entities[K] | undefined {
    return this.tables[kind].get(id);
  }

  /** All rows of a kind, oldest first by arrival. */
  all<K extends Kind>(kind: K): Entities[K][] {
    return [...this.tables[kind].values()];
  }

  put<K extends Kind>(kind: K, row: Entities[K]): Entities[K] {
    this.tables[kind].set(row.id, row);
    this.options.onChange?.({ put: kind, row });
    return row;
  }

  /** The row with some of its facts changed. */
  change<K extends Kind>(kind: K, row: Entities[K], facts: Partial<Entities[K]>): Entities[K] {
    return this.put(kind, { ...row, ...facts });
  }

  drop(kind: Kind, id: string): void {
    this.tables[kind].delete(id);
    this.options.onChange?.({ drop: kind, id });
  }

  rememberKey(record: KeyRecord): void {
    this.keys.set(record.key, record);
    if (record.reply) this.options.onChange?.({ key: record });
  }

  /** Takes up what the journal of an earlier process says. */
  replay(change: Change): void {
    if ('put' in change) {
      const table = this.tables[change.put] as Map<string, Entities[Kind]>; // row and kind were written together
      table.set(change.row.id, change.row);
    } else if ('drop' in change) this.tables[change.drop].delete(change.id);
    else {
      this.keys.set(change.key.key, change.key);
      this.keysSeen.add(change.key.key);
    }
  }
}

/** How the next refund goes, where a fault says so. */
export interface RefundFate {
  status: Refund['status'];
  /** Why it is pending; absent: because it is being processed. */
  pendingReason?: string | null;
  /** It turns so by itself, by default three days later. */
  later: keyof RefundDelays | null;
}

/** Seconds. */
export interface RefundDelays {
  succeeded: number;
  failed: number;
}
