import type { Random } from '#scripts/demo-book/random.ts';
import type { Region } from '#scripts/demo-book/regions.ts';

/** A name as it is written, and a Latin spelling for the e-mail address. */
export interface Named {
  name: string;
  latin: string;
}

const spelled = (word: string): Named => {
  const [name = word, latin = name] = word.split('|');
  return { name, latin };
};

const LETTERS: Record<string, string> = { ø: 'o', ł: 'l', ı: 'i', ß: 'ss', æ: 'ae', đ: 'd' };

/** Letters and digits only, as they can stand in an e-mail address. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[øłıßæđ]/g, (letter) => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '');

export const companyName = (random: Random, region: Region): Named => {
  const form = random.pick(region.companies);
  const head = spelled(random.pick(region.heads));
  const one = spelled(random.pick(region.last));
  const two = spelled(random.pick(region.last.filter((last) => spelled(last).name !== one.name)));
  const fill = (part: 'name' | 'latin'): string =>
    form.replace('{h}', head[part]).replace('{l}', one[part]).replace('{m}', two[part]);
  return { name: fill('name'), latin: slug(fill('latin')) };
};

/** East Asian names put the family first. */
const FAMILY_FIRST = new Set(['Asia/Tokyo', 'Asia/Seoul', 'Asia/Taipei']);

export const personName = (random: Random, region: Region): Named => {
  const first = spelled(random.pick(region.first));
  const last = spelled(random.pick(region.last));
  const name = FAMILY_FIRST.has(region.zone)
    ? `${last.name}${first.name}`
    : `${first.name} ${last.name}`;
  return { name, latin: `${slug(first.latin)}.${slug(last.latin)}` };
};
