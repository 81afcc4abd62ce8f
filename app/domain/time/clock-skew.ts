import { MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
/*
 * Several consoles work on one database, and each goes by the database's clock. A machine whose own clock is wrong
 * is corrected for that, but it is a machine that nobody has set up well: it is said, and of two the one that is
 * wrong does not send.
 */

/** What a console has measured of its machine. */
export interface MeasuredClock {
  id: string;
  /** By the database's clock. */
  measuredAt: Instant;
  /** Milliseconds by which the machine is ahead of the database; below 0: behind. */
  ahead: number;
}

export type ClockVerdict =
  | { kind: 'agrees' }
  /** It is said, and this console sends. */
  | { kind: 'apart'; words: string }
  /** Another console is nearer to the database's clock: this one leaves all sending to it. */
  | { kind: 'stands_back'; words: string };

export const AGREES: ClockVerdict = { kind: 'agrees' };

/** Between two measurements of a console. */
export const MEASURED_EVERY = MINUTE;
/** A console that has not measured for so long is not there any more: two of its turns, and some time for them. */
const CURRENT_FOR = 2 * MEASURED_EVERY + 30 * SECOND;

/** Whether this console's clock agrees with the database's and with those of the other consoles. */
export function judgeClockSkew(
  own: MeasuredClock,
  others: readonly MeasuredClock[],
  now: Instant,
): ClockVerdict {
  const apart = others.filter(
    ({ id, ahead, measuredAt }) =>
      id !== own.id && isCurrent(measuredAt, now) && Math.abs(ahead - own.ahead) > MAX_CLOCK_SKEW,
  );
  const isWrong = Math.abs(own.ahead) > MAX_CLOCK_SKEW;
  if (!isWrong && apart.length === 0) return AGREES;
  const words = [
    isWrong
      ? `The clock of this console’s machine is ${difference(own.ahead)} the database’s.`
      : '',
    ...apart.map(
      ({ ahead }) =>
        `The clock of another console’s machine is ${difference(ahead - own.ahead)} this one’s.`,
    ),
  ].filter((each) => each !== '');
  if (!apart.some((other) => standsBackFor(own.ahead, other.ahead)))
    return { kind: 'apart', words: words.join(' ') };
  words.push('This console sends nothing; the other does.');
  return { kind: 'stands_back', words: words.join(' ') };
}

/** One that lies ahead was written before the database's clock was set back. */
const isCurrent = (measuredAt: Instant, now: Instant): boolean =>
  Math.abs(now - measuredAt) <= CURRENT_FOR;

/**
 * Of two clocks the one further from the database's gives way; of two that are as far from it on either side,
 * the later one. Measurements differ by a little, so nearly as far is as far. There is always one that sends.
 */
const standsBackFor = (own: number, other: number): boolean => {
  const further = Math.abs(own) - Math.abs(other);
  return Math.abs(further) <= MAX_CLOCK_SKEW ? own > other : further > 0;
};

const difference = (milliseconds: number): string =>
  `${(Math.abs(milliseconds) / SECOND).toFixed(1)} s ${milliseconds > 0 ? 'ahead of' : 'behind'}`;

/*
 * What a clock that was ahead has written, or a database whose clock was set back: instants that no rule of ours
 * could have set by the clock of now. Left alone they would keep a step waiting for as long as they lie ahead.
 */

/** By how much the clocks of two consoles may differ. */
export const MAX_CLOCK_SKEW = 2 * SECOND;
