import type { Instant } from '#app/lib/instant.ts';
import { readAmount } from '#app/domain/search/read-amount.ts';
import type { AmountClue } from '#app/domain/search/read-amount.ts';
import { readLastFour } from '#app/domain/search/read-card.ts';
import { readDay } from '#app/domain/search/read-day.ts';
import type { DayClue } from '#app/domain/search/read-day.ts';

/** One way to read the text as what a statement shows of a payment; alternatives stand beside each other. */
export interface PaymentClues {
  /** Any of these amounts; empty: none was written. */
  amounts: AmountClue[];
  /** Any of these days; empty: none was written. */
  days: DayClue[];
  last4: string | null;
}

export interface CluesRead {
  /** Readings that leave the fewest words over. */
  readings: PaymentClues[];
  /** The words that are no clue: perhaps a name. */
  rest: string;
}

type Reading = PaymentClues & { rest: string[] };
interface Piece {
  /** How many words it takes. */
  words: number;
  clue: Partial<PaymentClues>;
}

/** Words that may be clues: the readings of many numbers are too many, and mean nothing. */
const MOST_WORDS = 10;
const MOST_READINGS = 4;
const LONGEST_PIECE = 4;
const FILLER = new Set(
  `a amount an and at card charge charged credit date dated debit for from in is last4 last4: my of on or
  payment paid purchase refund refunded the to was with ending visa mastercard amex discover jcb diners
  unionpay maestro am pm utc gmt cet cest mon tue wed thu fri sat sun monday tuesday wednesday thursday
  friday saturday sunday`.split(/\s+/),
);
const CLOCK_TIME = /^\d{1,2}:\d{2}(?::\d{2})?(?:am|pm|z)?$/;

/** Reads amounts, days and card digits, in any order, out of cleaned text. Pure; never throws. */
export function readPaymentClues(text: string, now: Instant): CluesRead {
  const words = text.split(' ').map(trimMarks).filter(Boolean);
  const telling = words.filter((word) => !isFiller(word)).length;
  if (telling === 0 || telling > MOST_WORDS) return { readings: [], rest: text };
  const all = readFrom(words, 0, now).filter(isSomething);
  const fewest = Math.min(...all.map(({ rest }) => rest.length));
  const best = all.filter(({ rest }) => rest.length === fewest);
  return {
    readings: best.slice(0, MOST_READINGS).map(({ amounts, days, last4 }) => ({
      amounts,
      days,
      last4,
    })),
    rest: (best[0]?.rest ?? words).join(' '),
  };
}

const isSomething = ({ amounts, days, last4 }: Reading): boolean =>
  amounts.length > 0 || days.length > 0 || last4 !== null;

function readFrom(words: string[], at: number, now: Instant): Reading[] {
  const word = words[at];
  if (word === undefined) return [{ amounts: [], days: [], last4: null, rest: [] }];
  const readings: Reading[] = [];
  for (const { words: taken, clue } of piecesAt(words, at, now)) {
    for (const tail of readFrom(words, at + taken, now)) {
      if (!overlaps(clue, tail)) readings.push({ ...tail, ...clue });
    }
  }
  if (readings.length === 0 || !/\d/.test(word)) {
    for (const tail of readFrom(words, at + 1, now)) {
      readings.push(isFiller(word) ? tail : { ...tail, rest: [word, ...tail.rest] });
    }
  }
  return readings.slice(0, 4 * MOST_READINGS);
}

/** A statement line shows one amount, one day and one card. */
const overlaps = (clue: Partial<PaymentClues>, tail: PaymentClues): boolean =>
  (clue.amounts !== undefined && tail.amounts.length > 0) ||
  (clue.days !== undefined && tail.days.length > 0) ||
  (clue.last4 !== undefined && tail.last4 !== null);

/** Longest first. */
function piecesAt(words: string[], at: number, now: Instant): Piece[] {
  const pieces: Piece[] = [];
  for (let taken = Math.min(LONGEST_PIECE, words.length - at); taken > 0; taken--) {
    const text = words.slice(at, at + taken).join(' ');
    const days = readDay(text, now);
    if (days.length > 0) pieces.push({ words: taken, clue: { days } });
    const card = taken <= 2 ? readLastFour(text.replace(' ', '')) : null;
    const whole = card !== null && (taken === 1 || card.masked);
    if (whole) pieces.push({ words: taken, clue: { last4: card.last4 } });
    const amounts = card?.masked === true ? [] : readAmount(text);
    if (amounts.length > 0) pieces.push({ words: taken, clue: { amounts } });
  }
  return pieces;
}

function isFiller(word: string): boolean {
  const lower = word.toLowerCase();
  return FILLER.has(lower) || CLOCK_TIME.test(lower);
}

const trimMarks = (word: string): string => word.replace(/^[("'[{<]+|[)"'\]}>,;:!?]+$/g, '');
