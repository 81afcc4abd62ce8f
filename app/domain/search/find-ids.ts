const MOST_IDS = 10;
const LONGEST_ID = 255;
/** In running text and in addresses a word is worth a look-up if it is more than letters, an amount or a day. */
const LOOKS_LIKE_ID = /^(?=.*[\d_-])(?![\d.,:/-]{1,10}$)[^\s]{3,}$/u;
const RECORD_REF =
  /^(?:customer|member|subscription|payment|refund|invoice|ledgerEntry|generation|setupAttempt|flag):(?<id>.+)$/;

/**
 * The ids that pasted text may hold, likeliest first: the text itself, words of it, parts of addresses
 * (`https://dashboard.stripe.com/payments/ch_123`), `payment:ch_123`.
 */
export function findIds(pasted: string, cleaned: string): string[] {
  const ids = new Set<string>();
  const add = (id: string): void => {
    const fits = id !== '' && Array.from(id).length <= LONGEST_ID;
    if (fits && ids.size < MOST_IDS) ids.add(id);
  };
  const words = cleaned.split(' ');
  const isOneWord = words.length === 1;
  if (!cleaned.includes('://')) {
    // As it came, too: an id is an opaque string, and whatever was cleaned away may be part of it.
    add(pasted.slice(0, 4 * LONGEST_ID).trim());
    add(cleaned);
  }
  for (const word of words) {
    const bare = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}_]+$/gu, '');
    for (const part of [bare, ...partsOf(word)]) {
      const id = RECORD_REF.exec(part)?.groups?.['id'] ?? part;
      if (LOOKS_LIKE_ID.test(id) || (isOneWord && part === bare && !part.includes('://'))) add(id);
    }
  }
  return [...ids];
}

/** The pieces of an address, last first, since what it is about stands there. */
function partsOf(word: string): string[] {
  if (!/[/?=]/.test(word)) return [];
  const pieces = word.replace(/^[^/]*:\/\/[^/]*/, '').split(/[/?#&=]+/);
  return pieces.filter(Boolean).map(decode).toReversed();
}

function decode(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}
