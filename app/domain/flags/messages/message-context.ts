import type { Instant } from '#app/lib/instant.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { Confidence, RuleId } from '#app/domain/rules/rule.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
/** What a sentence is made of: a finding, or the flag that keeps it. Money in minor units. */
export interface MessageContext {
  rule: RuleId;
  confidence: Confidence;
  credits?: number | null;
  amount?: number | null;
  currency?: string | null;
  since: Instant;
  facts: Facts;
}

export type MessageWriter = (flag: MessageContext, now: Instant) => string;

/** A figure of the flag's facts; 0 where its rule states none. */
export function figure({ facts }: MessageContext, name: string): number {
  const value = facts[name];
  return typeof value === 'number' ? value : 0;
}

const LONGEST_QUOTE = 60;

/** A text of the flag's facts, cut where it would drown the sentence; null where there is none. */
export function text({ facts }: MessageContext, name: string): string | null {
  const value = facts[name];
  if (typeof value !== 'string' || value.trim() === '') return null;
  const characters = Array.from(value.trim().replace(/\s+/g, ' '));
  if (characters.length <= LONGEST_QUOTE) return characters.join('');
  return `${characters.slice(0, LONGEST_QUOTE - 1).join('')}…`;
}

/** The finding's own amount, in its currency. */
export const ownAmount = (flag: MessageContext): string =>
  inCurrency(flag.amount ?? 0, flag.currency ?? text(flag, 'currency'));

/** An amount that stands among the facts, in the currency beside it. */
export const factAmount = (flag: MessageContext, name: string): string =>
  inCurrency(figure(flag, name), text(flag, 'currency') ?? flag.currency ?? null);

/** Without a currency there is no telling where the decimals go, so none are shown. */
const inCurrency = (minor: number, currency: string | null): string =>
  currency === null ? `${minor} minor units` : formatMoney(minor, currency);

const KINDS: Record<string, string> = { image: 'Image', video: 'Video', training: 'Training' };

/** `Image`, `Video` or `Training`. */
export const kindOf = (flag: MessageContext): string =>
  KINDS[text(flag, 'kind') ?? ''] ?? 'Generation';
