/** A seeded source of chance: the same seed text gives the same draws on every machine. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T;
  /** One of `from`, each as likely as its weight says. */
  weighted<T extends { weight: number }>(from: readonly T[]): T;
  /** Around `median`, with a long tail to the right; `spread` is the sigma of its logarithm. */
  logNormal(median: number, spread: number): number;
  /** Letters and digits, as ids have them. */
  token(length: number): string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const seedWords = (text: string): [number, number, number, number] => {
  const words: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    words[0] = Math.imul(words[0] ^ code, 597399067) ^ (words[1] >>> 3);
    words[1] = Math.imul(words[1] ^ code, 2869860233) ^ (words[2] >>> 5);
    words[2] = Math.imul(words[2] ^ code, 951274213) ^ (words[3] >>> 7);
    words[3] = Math.imul(words[3] ^ code, 2716044179) ^ (words[0] >>> 9);
  }
  return words;
};

/** sfc32: small, fast and good enough for a company that does not exist. */
const sfc32 = (seed: string): (() => number) => {
  let [a, b, c, d] = seedWords(seed);
  const step = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 15; warm += 1) step();
  return step;
};

export const createRandom = (seed: string): Random => {
  const step = sfc32(seed);
  const next = (): number => step() / 4294967296;
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[int(0, from.length - 1)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  const weighted = <T extends { weight: number }>(from: readonly T[]): T => {
    let left = next() * from.reduce((sum, each) => sum + each.weight, 0);
    for (const each of from) {
      left -= each.weight;
      if (left < 0) return each;
    }
    return pick(from);
  };
  const logNormal = (median: number, spread: number): number => {
    const bell = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    return median * Math.exp(spread * bell);
  };
  const token = (length: number): string => {
    let text = '';
    let bits = 0;
    for (let at = 0; at < length; at += 1) {
      // Five letters from one draw: ids are most of what the generator draws.
      bits = at % 5 === 0 ? step() : Math.floor(bits / 62);
      text += ALPHABET.charAt(bits % 62);
    }
    return text;
  };
  return { next, int, chance: (p) => next() < p, pick, weighted, logNormal, token };
};
