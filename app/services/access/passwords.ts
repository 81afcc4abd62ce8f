import { hash, verify } from '@node-rs/argon2';

/** argon2id: 19 MiB, two passes, one lane (OWASP's first choice). `algorithm: 2` is argon2id. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const SHORTEST_PASSWORD = 15;
const LONGEST_PASSWORD = 256;

/** What people choose first here, beside what they choose anywhere. Without spaces and case. */
const OF_THE_HOUSE = ['passwort', 'administrator', 'changeme', 'correcthorsebatterystaple'];
const OWN = ['redressdemoonly', 'redress'];

/** So many of the commonest passwords are refused, alone or two of them, with a little around them too. */
const COMMONEST = 3_000;
/** Letters or digits around a common password, which is still the common password. */
const A_LITTLE = 5;
/** Shorter ones are in too many good ones by chance. */
const SHORTEST_COMMON = 5;
const RUNS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

let commonest: Promise<readonly string[]> | undefined;

/** The kept list, commonest first. Read when a password is chosen: signing in does not need it. */
const listCommonest = async (): Promise<readonly string[]> => {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const ranked = dictionary['passwords-common'].slice(0, COMMONEST).map(String).map(lettersOf);
  const long = ranked.filter((one) => one.length >= SHORTEST_COMMON);
  return [...OF_THE_HOUSE, ...OWN, ...new Set(long)];
};

const isCommon = async (password: string): Promise<boolean> => {
  const letters = lettersOf(password);
  if (new Set(letters).size <= 4) return true;
  if (RUNS.some((run) => run.includes(letters) || letters.includes(run.slice(0, 12)))) return true;
  const known = await (commonest ??= listCommonest());
  const inside = known.filter((word) => letters.includes(word));
  return inside.some((word) => {
    const rest = letters.replaceAll(word, '');
    return inside.some((other) => rest.replaceAll(other, '').length <= A_LITTLE);
  });
};

/** Why a password is refused, for the person who chose it; null: it will do. */
export const passwordProblem = async (password: string, email: string): Promise<string | null> => {
  const letters = Array.from(password).length;
  if (letters < SHORTEST_PASSWORD) return `must have at least ${SHORTEST_PASSWORD} characters`;
  if (letters > LONGEST_PASSWORD) return `must have at most ${LONGEST_PASSWORD} characters`;
  if (await isCommon(password)) return 'is among the first that anyone would try';
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
