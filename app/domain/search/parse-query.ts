import type { Instant } from '#app/lib/instant.ts';
import { asciiLower, cleanText } from '#app/domain/search/clean-text.ts';
import { findIds } from '#app/domain/search/find-ids.ts';
import { readPaymentClues } from '#app/domain/search/payment-clues.ts';
import type { PaymentClues } from '#app/domain/search/payment-clues.ts';
import { hideCardNumbers } from '#app/domain/search/read-card.ts';

/** What somebody who pasted this may be looking for. Several may hold at once; the service tries them in turn. */
export interface SearchQuery {
  /** The text as it was understood: cleaned, card numbers cut to their last four. */
  text: string;
  /** To be compared whole with every id (and invoice number, bank reference); likeliest first. */
  ids: string[];
  /** What an id, name, e-mail or number may begin with: as written; null where there are several words of text. */
  prefix: string | null;
  /** A whole e-mail address, in lower case. */
  email: string | null;
  /** Part of a name or e-mail address, two characters or more. */
  fragment: string | null;
  /** Ways to read the text as a line of a card statement. */
  clues: PaymentClues[];
  /** The words beside the clues: whose payments are meant. */
  within: string | null;
}

const EMAIL = /[^\s@<>"'(),:;/?=]+@[^\s@<>"'(),:;/?=]+\.[^\s@<>"'(),:;/?=.]+/;

/** Pure; `now` decides the year of days written without one. Any text is a query, if an empty one. */
export function parseQuery(pasted: string, now: Instant): SearchQuery {
  const text = hideCardNumbers(cleanText(pasted));
  const wasHidden = text.includes('•');
  const email = EMAIL.exec(text)?.[0] ?? null;
  const clues = email === null ? readPaymentClues(text, now) : { readings: [], rest: '' };
  const isOneWord = text !== '' && !text.includes(' ');
  return {
    text,
    ids: text === '' ? [] : findIds(wasHidden ? text : pasted, text),
    prefix: isOneWord && !text.includes('://') && text.length > 2 ? text : null,
    email: email === null ? null : asciiLower(email),
    fragment: text.length > 1 && !text.includes('://') ? text : null,
    clues: clues.readings,
    within: clues.readings.length > 0 && clues.rest.length > 1 ? clues.rest : null,
  };
}
