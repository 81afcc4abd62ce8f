import type { CustomerFlag } from '#app/services/customers/customer-page-data.ts';

/** What is wrong with one record, gravest first: its remedies are one or the other. */
export type FlagCard = readonly [CustomerFlag, ...CustomerFlag[]];

const ofOneRecord = (subject: string): boolean =>
  subject.startsWith('payment:') || subject.startsWith('generation:');

/** Flags of one payment or generation together, where its gravest stands; all others alone. */
export function flagCards(flags: readonly CustomerFlag[]): FlagCard[] {
  const cards = new Map<string, [CustomerFlag, ...CustomerFlag[]]>();
  for (const flag of flags) {
    const name = ofOneRecord(flag.subject) ? flag.subject : `${flag.rule} ${flag.subject}`;
    const card = cards.get(name);
    if (card === undefined) cards.set(name, [flag]);
    else card.push(flag);
  }
  return [...cards.values()];
}
