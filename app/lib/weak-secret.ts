/** Fewer different characters than this are typed by hand or repeated. */
const FEWEST_DIFFERENT = 8;

/** Texts of examples, which everybody knows. */
const PLACEHOLDER =
  /change[-_ ]?(me|this|it)|replace[-_ ]?(me|this|it|with)|(your|my)[-_ ]?(own[-_ ]?)?(session[-_ ]?)?(secret|token|password|key)[-_ ]?(here|goes)|placeholder|x{8}|insert[-_ ]|example[-_ ]?(secret|token|key|password)|not[-_ ]?(so[-_ ]?)?secret|super[-_ ]?secret|password/i;

/** Words that secrets of examples are made of; the short ones only where they stand alone. */
const EXAMPLE_WORDS =
  /placeholder|something|whatever|generate|password|passwort|default|example|product|redress|replace|session|webhook|audit|client|change|ingest|please|random|sample|secret|secure|string|stripe|admin|dummy|fixme|token|value|todo|your|(?<![a-z])(?:with|demo|fill|from|goes|here|long|mail|real|smtp|some|test|text|this|very|and|api|env|for|key|own|put|set|the|in|is|me|my|of|on|to)(?![a-z])/gi;

const ROWS = [
  '0123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
];

/** What follows each character in a row of the keyboard or the alphabet, forwards and backwards. */
const FOLLOWERS = ROWS.flatMap((row) => [row, Array.from(row).toReversed().join('')]).map(
  (row) => new Map(Array.from(row, (letter, at) => [letter, row[(at + 1) % row.length]])),
);

/** Shorter runs stand in good secrets by chance. */
const SHORTEST_RUN = 4;
/** Whatever stands around it. */
const LONGEST_RUN = 10;

/** Whether the text is a shorter one written twice or more; the last time may be cut off. */
const isRepeated = (text: string): boolean => {
  for (let length = 1; length * 2 <= text.length + 1; length += 1)
    if (text.startsWith(text.slice(length))) return true;
  return false;
};

/** The runs along a row, longest first at each place; a character typed several times counts once. */
const runsIn = (text: string): number[] => {
  const letters = text.toLowerCase().replace(/(.)\1+/gsu, '$1');
  const lengthAt = (start: number, follower: Map<string, string | undefined>): number => {
    let end = start + 1;
    while (end < letters.length && follower.get(letters.charAt(end - 1)) === letters[end]) end += 1;
    return end - start;
  };
  const runs: number[] = [];
  for (let at = 0; at < letters.length; at += runs.at(-1) ?? 1)
    runs.push(Math.max(...FOLLOWERS.map((follower) => lengthAt(at, follower))));
  return runs;
};

/** Whether the text is a row of the keyboard or the alphabet, or several, with little else. */
const isMadeOfRows = (text: string, shortest: number): boolean => {
  const runs = runsIn(text);
  const rest = runs.filter((run) => run < SHORTEST_RUN).reduce((sum, run) => sum + run, 0);
  return Math.max(...runs) >= LONGEST_RUN || rest < shortest / 2;
};

const isMadeOfExampleWords = (text: string, shortest: number): boolean =>
  text.replace(EXAMPLE_WORDS, '').replace(/[^\p{L}\p{N}]/gu, '').length <= shortest / 4;

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
  if (isRepeated(trimmed)) return 'must not repeat the same characters';
  if (isMadeOfExampleWords(trimmed, shortest)) return 'must not be the text of an example';
  const different = Math.min(FEWEST_DIFFERENT, shortest / 2);
  if (new Set(trimmed).size < different)
    return `must have at least ${different} different characters`;
  if (isMadeOfRows(trimmed, shortest)) return 'must not be a row of the keyboard or the alphabet';
  return null;
}

/** How to make one that cannot be guessed. */
export const MAKE_A_SECRET = 'make one with `openssl rand -base64 32`';

/** Which of these secrets is the same as one before it: whoever learns one then has both. */
export function sharedSecrets(secrets: Record<string, string | undefined>): [string, string][] {
  const seen = new Map<string, string>();
  return Object.entries(secrets).flatMap(([name, secret]): [string, string][] => {
    if (secret === undefined) return [];
    const first = seen.get(secret.trim());
    if (first === undefined) seen.set(secret.trim(), name);
    return first === undefined ? [] : [[name, first]];
  });
}
