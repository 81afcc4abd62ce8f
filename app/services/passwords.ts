import { hash, verify } from '@node-rs/argon2';

/** argon2id: 19 MiB, two passes, one lane (OWASP's first choice). `algorithm: 2` is argon2id. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const SHORTEST_PASSWORD = 15;
export const LONGEST_PASSWORD = 256;

/** What people choose first, written without spaces, digits' tricks and case; also as part of a repetition. */
const COMMON = [
  'password',
  'passwort',
  'letmein',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'iloveyou',
  'administrator',
  'welcome',
  'monkey',
  'dragon',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'superman',
  'trustno1',
  'changeme',
  'secret',
  'correcthorsebatterystaple',
  'redressdemoonly',
  'redress',
];
const RUNS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

const isCommon = (password: string): boolean => {
  const letters = password.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const rest = COMMON.reduce((text, word) => text.replaceAll(word, ''), letters);
  // A common word with up to five letters or digits around it is still the common word.
  if (rest.length <= 5 || new Set(letters).size <= 4) return true;
  return RUNS.some((run) => run.includes(letters) || letters.includes(run.slice(0, 12)));
};

/** Why a password is refused, for the person who chose it; null: it will do. */
export const passwordProblem = (password: string, email: string): string | null => {
  const letters = Array.from(password).length;
  if (letters < SHORTEST_PASSWORD) return `must have at least ${SHORTEST_PASSWORD} characters`;
  if (letters > LONGEST_PASSWORD) return `must have at most ${LONGEST_PASSWORD} characters`;
  if (isCommon(password)) return 'is among the first that anyone would try';
  const [mailbox = ''] = email.toLowerCase().split('@');
  if (mailbox.length >= 4 && password.toLowerCase().replaceAll(mailbox, '').length < 10)
    return 'must not be made of the e-mail address';
  return null;
};

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

/** Of a password nobody knows: unknown accounts cost the same time as known ones. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$wiG4DHF2Wi6geV5xJREhaQ$OIhEnB8pGV7lQqm2/hrT2zq9DndtY9fVczpiIpk1UJI';

/** Whether `password` is the one behind `passwordHash`; null costs the same time and is never right. */
export const isPassword = async (
  passwordHash: string | null,
  password: string,
): Promise<boolean> => {
  const right = await verify(passwordHash ?? NOBODY, password.slice(0, LONGEST_PASSWORD + 1));
  return right && passwordHash !== null;
};
