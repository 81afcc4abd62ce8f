import { clipText } from '#app/lib/clip-text.ts';
import { figure, kindOf, text } from '#app/domain/flags/messages/message-context.ts';
import type { MessageWriter, MessageContext } from '#app/domain/flags/messages/message-context.ts';
import { formatCreditCount, formatCredits } from '#app/domain/money/credits.ts';
import { formatAgo } from '#app/domain/time/format-time.ts';

export const failedGenerationCharge: MessageWriter = (flag, now) => {
  const error = text(flag, 'error');
  const why = error === null ? '' : ` (${clipText(error)})`;
  const kept = flag.credits ?? 0;
  const credits =
    figure(flag, 'returned') > 0
      ? `${formatCredits(kept)} of its ${formatCreditCount(figure(flag, 'charged'))}`
      : formatCreditCount(kept);
  return `${kindOf(flag)} failed ${formatAgo(flag.since, now)}${why} and kept ${credits}.`;
};

export const overchargedGeneration: MessageWriter = (flag, now) =>
  `${kindOf(flag)}${makeOf(flag)} finished ${formatAgo(flag.since, now)} and cost ${formatCreditCount(figure(flag, 'net'))}; the rate card says ${formatCredits(figure(flag, 'price'))}, so ${formatCredits(flag.credits ?? 0)} too many.`;

/** What the price depends on: ` (pro, 2K × 3)`, ` (standard, 8 seconds)`. */
function makeOf(flag: MessageContext): string {
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

export const excessReturn: MessageWriter = (flag, now) => {
  const charged = figure(flag, 'charged');
  const cost = charged === 0 ? 'it had cost nothing' : `it had cost ${formatCredits(charged)}`;
  return `${kindOf(flag)} of ${formatAgo(flag.since, now)} got ${formatCreditCount(figure(flag, 'returned'))} back; ${cost}, so ${formatCredits(flag.credits ?? 0)} too many.`;
};

export const negativeBalance: MessageWriter = (flag, now) => {
  const count = figure(flag, 'generations');
  const started =
    count === 0
      ? 'no generation has started since'
      : `${formatCredits(count)} ${count === 1 ? 'generation has' : 'generations have'} started since`;
  return `The balance fell below zero ${formatAgo(flag.since, now)} and stands at ${formatCreditCount(figure(flag, 'balance'))}; ${started}.`;
};

export const balanceMismatch: MessageWriter = (flag, now) => {
  const credits = flag.credits ?? 0;
  const off = `${formatCredits(Math.abs(credits))} too ${credits > 0 ? 'many' : 'few'}`;
  return `The product showed ${formatCreditCount(figure(flag, 'reported'))} ${formatAgo(flag.since, now)}; the ledger gave ${formatCredits(figure(flag, 'balance'))}, so ${off} were shown.`;
};

export const ledgerGap: MessageWriter = (flag, now) => {
  const kind = text(flag, 'kind') ?? 'ledger';
  const article = /^[aeiou]/.test(kind) && kind !== 'usage' ? 'An' : 'A';
  return `${article} ${kind} entry of ${formatAgo(flag.since, now)} states a balance of ${formatCredits(figure(flag, 'stated'))}; the entry before it and its ${formatCredits(figure(flag, 'moved'), { signed: true })} give ${formatCredits(figure(flag, 'expected'))}.`;
};
