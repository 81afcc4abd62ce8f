/** Longer pastes are cut: nothing anyone looks for by hand needs more, and a name of 10,000 letters is found by its start. */
const LONGEST_QUERY = 500;

/** Zero-width and direction marks that come along when text is copied out of a mail or a PDF. */
export const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const CONTROL = /\p{Cc}+/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const QUOTES = `"'\`´“”„‟‘’‚‛«»‹›`;
const QUOTED = new RegExp(`^[${QUOTES}\\s]+|[${QUOTES}\\s]+$`, 'g');

/**
 * What was pasted, as a person would read it: one line, no invisible characters, no surrounding quotes,
 * full-width digits as digits. At most LONGEST_QUERY characters; never throws, whatever comes.
 */
export function cleanText(pasted: string): string {
  const start = Array.from(pasted.slice(0, 2 * LONGEST_QUERY))
    .slice(0, LONGEST_QUERY)
    .join('');
  return start
    .replace(LONE_SURROGATE, '')
    .normalize('NFKC')
    .replace(CONTROL, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .replace(QUOTED, '')
    .trim();
}

/** Lower-cases A to Z only, which is all that both databases' `lower()` does: indexes are built with it. */
export const asciiLower = (text: string): string =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
