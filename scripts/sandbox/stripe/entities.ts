/*
 * What the local Stripe knows: lean facts, not Stripe's objects. The objects of the API are made of them
 * when they are asked for (objects/). Instants are Unix seconds, as Stripe counts; money is minor units.
 */

export type Metadata = Record<string, string>;

export interface Address {
  line1: string | null;
  line2: string | null;
  city: string | null;
  state: string | null;
  postal_code: string | null;
  country: string | null;
}

export interface Customer {
  id: string;
  created: number;
  name: string | null;
  email: string | null;
  phone: string | null;
  description: string | null;
  address: Address | null;
  metadata: Metadata;
  invoicePrefix: string;
  nextInvoice: number;
  /** Credit (negative) or debt (positive) that the next invoice settles. */
  balance: number;
}

export interface TaxId {
  id: string;
  created: number;
  customer: string;
  type: string;
  value: string;
}

interface Card {
  brand: string;
  last4: string;
  fingerprint: string | null;
  funding: string;
}

/** A charge and its payment intent and balance transaction, which share the tail of its id. */
export interface Charge {
  id: string;
  created: number;
  customer: string | null;
  amount: number;
  currency: string;
  status: 'succeeded' | 'pending' | 'failed';
  captured: boolean;
  amountCaptured: number;
  /** When the money was taken; null: not yet, or never. */
  capturedAt: number | null;
  /** When the authorisation was given up, by hand or by its end. */
  releasedAt: number | null;
  amountRefunded: number;
  card: Card;
  failureCode: string | null;
  declineCode: string | null;
  failureMessage: string | null;
  description: string | null;
  metadata: Metadata;
}

export interface Refund {
  id: string;
  created: number;
  charge: string;
  amount: number;
  currency: string;
  /** `pending`, `requires_action`, `succeeded`, `failed`, `canceled`, or a word that nobody knows yet. */
  status: string;
  reason: string | null;
  pendingReason: string | null;
  failureReason: string | null;
  move: 'refund' | 'reversal' | 'pending';
  /** The bank's reference, once there is one. */
  reference: string | null;
  metadata: Metadata;
  /** What becomes of it by itself, and when. */
  due: { at: number; becomes: 'succeeded' | 'failed' | 'referenced' } | null;
}

export interface InvoiceLine {
  id: string;
  amount: number;
  description: string | null;
  quantity: number;
  metadata: Metadata;
}

export interface FrozenCustomer {
  name: string | null;
  email: string | null;
  phone: string | null;
  address: Address | null;
  taxIds: { type: string; value: string }[];
}

export interface Invoice {
  id: string;
  created: number;
  customer: string;
  currency: string;
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  number: string | null;
  lines: InvoiceLine[];
  description: string | null;
  footer: string | null;
  metadata: Metadata;
  subscription: string | null;
  /** The invoice that this one revises. */
  revises: string | null;
  latestRevision: string | null;
  /** The customer as the invoice says; null on drafts, which follow the customer. */
  frozen: FrozenCustomer | null;
  collection: 'charge_automatically' | 'send_invoice';
  autoAdvance: boolean;
  dueDate: number | null;
  amountPaid: number;
  paidOutOfBand: boolean;
  finalizedAt: number | null;
  paidAt: number | null;
  voidedAt: number | null;
  uncollectibleAt: number | null;
  sent: number;
}

export interface InvoicePayment {
  id: string;
  created: number;
  invoice: string;
  charge: string;
  amount: number;
}

export interface CreditNote {
  id: string;
  created: number;
  invoice: string;
  customer: string;
  currency: string;
  number: string;
  status: 'issued' | 'void';
  reason: string | null;
  memo: string | null;
  metadata: Metadata;
  lines: InvoiceLine[];
  total: number;
  prePayment: number;
  postPayment: number;
  outOfBand: number | null;
  credited: number;
  refunds: { refund: string; amount: number }[];
  voidedAt: number | null;
}

export interface Subscription {
  id: string;
  created: number;
  customer: string;
  plan: string;
  creditsPerPeriod: number;
  currency: string;
  amount: number;
  status: string;
  periodStart: number;
  periodEnd: number;
  cancelAt: number | null;
  canceledAt: number | null;
  endedAt: number | null;
  metadata: Metadata;
}

export interface Dispute {
  id: string;
  created: number;
  charge: string;
  amount: number;
  currency: string;
  status: string;
  reason: string;
  chargeRefundable: boolean;
}

export interface SetupAttempt {
  id: string;
  created: number;
  customer: string;
  intent: string;
  status: 'succeeded' | 'failed';
  failureCode: string | null;
  declineCode: string | null;
  brand: string | null;
  funding: string | null;
}

export interface SetupIntent {
  id: string;
  created: number;
  customer: string;
}

export interface StoredEvent {
  id: string;
  created: number;
  type: string;
  /** The object as it was then. */
  snapshot: unknown;
  previous: Record<string, unknown> | null;
  request: { id: string | null; idempotency_key: string | null };
}

export interface Entities {
  customer: Customer;
  taxId: TaxId;
  charge: Charge;
  refund: Refund;
  invoice: Invoice;
  invoicePayment: InvoicePayment;
  creditNote: CreditNote;
  subscription: Subscription;
  dispute: Dispute;
  setupIntent: SetupIntent;
  setupAttempt: SetupAttempt;
  event: StoredEvent;
}
export type Kind = keyof Entities;
