/** Fewer different characters than this are typed by hand or repeated. */
const FEWEST_DIFFERENT = 8;

/** Texts of examples, which everybody knows. */
const PLACEHOLDER =
  /change[-_ ]?(me|this|it)|replace[-_ ]?(me|this|it|with)|(your|my)[-_ ]?(own[-_ ]?)?(session[-_ ]?)?(secret|token|password|key)[-_ ]?(here|goes)|placeholder|x{8}|insert[-_ ]|example[-_ ]?(secret|token|key|password)|not[-_ ]?(so[-_ ]?)?secret|super[-_ ]?secret|password/i;

const ROWS = [
  '0123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'zyxwvutsrqponmlkjihgfedcba',
];
const LONGEST_RUN = 10;

/** Whether the text is a shorter one written three times or more. */
const isRepeated = (text: string): boolean => {
  for (let length = 1; length * 3 <= text.length; length += 1)
    if (
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .startsWith(text)
    )
      return true;
  return false;
};

const hasRun = (text: string): boolean => {
  const lower = text.toLowerCase();
  return ROWS.some((row) => {
    const endless = row + row;
    for (let at = 0; at < row.length; at += 1)
      if (lower.includes(endless.slice(at, at + LONGEST_RUN))) return true;
    return false;
  });
};

/**
 * Why a secret of a program can be guessed, as a phrase behind its name; null: it cannot, as far as its text
 * shows. The secret itself never stands in the answer.
 * @param shortest characters it must have at least.
 */
export function weakSecret(text: string, shortest: number): string | null {
  const trimmed = text.trim();
  if (Array.from(trimmed).length < shortest)
    return `must be a secret of at least ${shortest} characters`;
  if (PLACEHOLDER.test(trimmed)) return 'must not be the text of an example';
  if (isRepeated(trimmed)) return 'must not repeat the same few characters';
  if (new Set(trimmed).size < FEWEST_DIFFERENT)
    return `must have at least ${FEWEST_DIFFERENT} different characters`;
  if (hasRun(trimmed)) return 'must not be a row of the keyboard or the alphabet';
  return null;
}

/** How to make one that cannot be guessed. */
export const MAKE_A_SECRET = 'make one with `openssl rand -base64 32`';
