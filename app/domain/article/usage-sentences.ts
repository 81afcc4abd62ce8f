import { clipText } from '#app/domain/clip-text.ts';
import { figure, kindOf, text } from '#app/domain/article/told.ts';
import type { Sentence, Told } from '#app/domain/article/told.ts';
import { creditsInWords, formatCredits } from '#app/domain/credits.ts';
import { agoInWords } from '#app/domain/time.ts';

export const failedGenerationCharge: Sentence = (flag, now) => {
  const error = text(flag, 'error');
  const why = error === null ? '' : ` (${clipText(error)})`;
  const kept = flag.credits ?? 0;
  const credits =
    figure(flag, 'returned') > 0
      ? `${formatCredits(kept)} of its ${creditsInWords(figure(flag, 'charged'))}`
      : creditsInWords(kept);
  return `${kindOf(flag)} failed ${agoInWords(flag.since, now)}${why} and kept ${credits}.`;
};

export const overchargedGeneration: Sentence = (flag, now) =>
  `${kindOf(flag)}${makeOf(flag)} finished ${agoInWords(flag.since, now)} and cost ${creditsInWords(figure(flag, 'net'))}; the rate card says ${formatCredits(figure(flag, 'price'))}, so ${formatCredits(flag.credits ?? 0)} too many.`;

/** What the price depends on: ` (pro, 2K × 3)`, ` (standard, 8 seconds)`. */
function makeOf(flag: Told): string {
  const kind = text(flag, 'kind');
  if (kind === 'training') return '';
  const parts = [text(flag, 'tier')];
  const seconds = Math.ceil(figure(flag, 'seconds'));
  if (kind === 'video') parts.push(`${seconds} ${seconds === 1 ? 'second' : 'seconds'}`);
  else parts.push(imagesOf(text(flag, 'resolution'), figure(flag, 'count')));
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}

function imagesOf(resolution: string | null, count: number): string | null {
  if (count <= 1) return resolution;
  return resolution === null ? `${count} images` : `${resolution} × ${count}`;
}

export const excessReturn: Sentence = (flag, now) => {
  const charged = figure(flag, 'charged');
  const cost = charged === 0 ? 'it had cost nothing' : `it had cost ${formatCredits(charged)}`;
  return `${kindOf(flag)} of ${agoInWords(flag.since, now)} got ${creditsInWords(figure(flag, 'returned'))} back; ${cost}, so ${formatCredits(flag.credits ?? 0)} too many.`;
};

export const negativeBalance: Sentence = (flag, now) => {
  const count = figure(flag, 'generations');
  const started =
    count === 0
      ? 'no generation has started since'
      : `${formatCredits(count)} ${count === 1 ? 'generation has' : 'generations have'} started since`;
  return `The balance fell below zero ${agoInWords(flag.since, now)} and stands at ${creditsInWords(figure(flag, 'balance'))}; ${started}.`;
};

export const balanceMismatch: Sentence = (flag, now) => {
  const credits = flag.credits ?? 0;
  const off = `${formatCredits(Math.abs(credits))} too ${credits > 0 ? 'many' : 'few'}`;
  return `The product showed ${creditsInWords(figure(flag, 'reported'))} ${agoInWords(flag.since, now)}; the ledger gave ${formatCredits(figure(flag, 'balance'))}, so ${off} were shown.`;
};

export const ledgerGap: Sentence = (flag, now) => {
  const kind = text(flag, 'kind') ?? 'ledger';
  const article = /^[aeiou]/.test(kind) && kind !== 'usage' ? 'An' : 'A';
  return `${article} ${kind} entry of ${agoInWords(flag.since, now)} states a balance of ${formatCredits(figure(flag, 'stated'))}; the entry before it and its ${formatCredits(figure(flag, 'moved'), { signed: true })} give ${formatCredits(figure(flag, 'expected'))}.`;
};
