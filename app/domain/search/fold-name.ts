import { INVISIBLE } from '#app/domain/search/clean-text.ts';

/** Letters that stay whole when accents are taken off, as people type them without the right keyboard. */
const PLAIN: Record<string, string> = {
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
};

/**
 * Text as names are compared in a search: lower case, without accents, full-width forms made plain,
 * no invisible characters, one space where there are several.
 * `Løvely Študio` and `lovely studio` fold to the same.
 */
export const foldName = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/[øđðłħıþæœß]/g, (letter) => PLAIN[letter] ?? letter);
