/** How many letters must be added, removed, changed or swapped to make one text of another; counted up to `most`. */
const distance = (a: string, b: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[j - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
};

const lettersOf = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Last words that mean the same. */
const ALIKE = [/(KEY|TOKEN|SECRET|PASSWORD)$/, /(URL|URI|HOST|ADDRESS)$/];
const endAlike = (a: string, b: string): boolean =>
  ALIKE.some((end) => end.test(a.toUpperCase()) && end.test(b));

/** Of `names` the one that `given` is nearest to; names that end alike are nearer. */
const nearest = (
  given: string,
  names: readonly string[],
): { meant: string; away: number } | undefined =>
  names
    .map((meant) => {
      const away = distance(lettersOf(given), lettersOf(meant));
      return { meant, away, rank: away - (endAlike(given, meant) ? 4 : 0) };
    })
    .toSorted((a, b) => a.rank - b.rank)[0];

/** Nobody else's variables begin so. */
const PRODUCT = 'REDRESS_';

/** A slip of so many letters still shows what was meant; short names are near to anything. */
const MOST_SLIPS = 2;
const SHORTEST_NAME = 7;

/** The name that was probably meant; null: this is somebody else's variable. */
const meantBy = (
  given: string,
  ours: readonly string[],
  families: readonly string[],
): string | null => {
  const family = families.find((each) => given.toUpperCase().startsWith(each));
  if (family !== undefined) {
    // The product's name before the name of a variable: the rest says which.
    if (family === PRODUCT) return nearest(given.slice(family.length), ours)?.meant ?? null;
    const relatives = ours.filter((name) => name.startsWith(family));
    return nearest(given, relatives)?.meant ?? null;
  }
  if (lettersOf(given).length < SHORTEST_NAME) return null;
  const slip = nearest(given, ours);
  return slip !== undefined && slip.away <= MOST_SLIPS ? slip.meant : null;
};

/**
 * Variables that look like one of ours and are none, each with the name that was probably meant: those that
 * begin as ours do (`STRIPE_KEY`), and those that differ from one of ours by a slip (`DATABSE_URL`).
 */
export const nearestNames = (
  given: readonly string[],
  ours: readonly string[],
  families: readonly string[],
): { given: string; meant: string }[] =>
  given.flatMap((name) => {
    const meant = ours.includes(name) ? null : meantBy(name, ours, families);
    return meant === null ? [] : [{ given: name, meant }];
  });
