/** Code points of any text from outside that a page carries. */
const MOST_CLIPPED = 500;

/** The first `most` characters of a text, with a sign that there is more. Costs no more than what it keeps. */
export const clipText = (text: string, most = MOST_CLIPPED): string => {
  if (text.length <= most) return text;
  // So many code units hold at least one character more than are kept.
  const letters = [...text.slice(0, 2 * most + 2)];
  return letters.length > most ? `${letters.slice(0, most).join('')}…` : text;
};

/** The same where there may be no text. */
export const clipOrNull = (text: string | null): string | null =>
  text === null ? null : clipText(text);
