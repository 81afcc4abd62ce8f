/** Characters that receipts and banks print for the digits they hide. */
const LAST_FOUR = /^(?<mask>[*•·.…x#∗-]*)(?<digits>\d{4})$/iu;
const CARD_NUMBER = /\b\d(?:[ -]?\d){12,18}\b/g;

/** The last four digits of a card: `4242`, `•••• 4242`, `xxxx-4242`; `masked` where nothing else can be meant. */
export function readLastFour(text: string): { last4: string; masked: boolean } | null {
  const match = LAST_FOUR.exec(text)?.groups;
  if (match?.['digits'] === undefined) return null;
  return { last4: match['digits'], masked: (match['mask'] ?? '') !== '' };
}

/**
 * A whole card number is nobody's business here: it is cut down to its last four before anything is
 * looked up. A run of digits that is no card number (Luhn) stays, it may be an id.
 */
export const hideCardNumbers = (text: string): string =>
  text.replace(CARD_NUMBER, (number) => {
    const digits = number.replace(/\D/g, '');
    return isCardNumber(digits) ? `•${digits.slice(-4)}` : number;
  });

function isCardNumber(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
