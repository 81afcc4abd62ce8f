import { decimalsOf } from '#app/domain/money/money.ts';
import { currenciesOf } from '#app/domain/search/currencies.ts';

/** One way to read an amount: minor units, in any currency of so many decimals, or in the named ones. */
export interface AmountClue {
  minor: number;
  decimals: number;
  /** Lower-case codes; null: none was written. */
  currencies: readonly string[] | null;
}

interface Decimal {
  whole: string;
  fraction: string;
}

const AMOUNT = /^(?<before>[^\d\s+−-]*)\s*[+−-]?\s*(?<number>\d[\d.,' ]*)\s*(?<after>[^\d\s]*)$/u;
const LONGEST = 15;

/** Every way to read the text as an amount; empty where it is none. The sign is left out: statements show minus. */
export function readAmount(text: string): AmountClue[] {
  const match = AMOUNT.exec(text.replace(/^[+−-]\s*/, ''));
  if (match?.groups === undefined) return [];
  const { before = '', number = '', after = '' } = match.groups;
  if (before !== '' && after !== '') return [];
  const written = before + after;
  const currencies = written === '' ? null : currenciesOf(written);
  if (written !== '' && currencies === null) return [];
  return readDecimals(number.trim()).flatMap((decimal) => inMinorUnits(decimal, currencies));
}

function inMinorUnits(
  { whole, fraction }: Decimal,
  currencies: readonly string[] | null,
): AmountClue[] {
  const clues: AmountClue[] = [];
  for (const decimals of [2, 0, 3]) {
    const of = currencies?.filter((currency) => decimalsOf(currency) === decimals) ?? null;
    if (of?.length === 0) continue;
    // ¥4900.00 is written by spreadsheets; without a currency the zeros speak for one with decimals.
    const kept = of !== null && decimals === 0 ? fraction.replace(/^00?$/, '') : fraction;
    if (kept.length > decimals) continue;
    const minor = Number(whole + kept.padEnd(decimals, '0'));
    if (Number.isSafeInteger(minor) && minor > 0) clues.push({ minor, decimals, currencies: of });
  }
  return clues;
}

/** `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`, `49,00`; `49.000` has two readings. */
function readDecimals(number: string): Decimal[] {
  const digits = number.replace(/\D/g, '');
  if (digits.length > LONGEST || /[.,']$/.test(number) || /^0\d/.test(number)) return [];
  const readings: Decimal[] = [];
  if (/^\d+$/.test(number) || isGrouped(number)) readings.push({ whole: digits, fraction: '' });
  const point = /^(?<whole>.+)(?<mark>[.,])(?<fraction>\d{1,3})$/.exec(number)?.groups;
  if (point !== undefined) {
    const { whole = '', mark = '', fraction = '' } = point;
    const plain = /^\d+$/.test(whole) || (isGrouped(whole) && !whole.includes(mark));
    if (plain) readings.push({ whole: whole.replace(/\D/g, ''), fraction });
  }
  return readings;
}

/** Groups of three behind one and the same mark. */
const isGrouped = (number: string): boolean => /^\d{1,3}([.,' ])\d{3}(?:\1\d{3})*$/.test(number);
