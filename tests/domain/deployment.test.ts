import { describe, expect, it } from 'vitest';
import { judgeStart } from '#app/domain/deployment.ts';
import type { DatabasePast, StartSettings } from '#app/domain/deployment.ts';

const HERE: StartSettings = { keyless: true, live: false, onLoopback: true };
const BEYOND: StartSettings = { ...HERE, onLoopback: false };
const TEST_KEY: StartSettings = { keyless: false, live: false, onLoopback: true };
const LIVE_KEY: StartSettings = { ...TEST_KEY, live: true };

const NEW: DatabasePast = {
  bound: null,
  hasDemoStaff: false,
  hasStaff: false,
  hasCustomers: false,
  hasDemoBook: false,
  hasOtherBooks: false,
};
const IMPORTED = { ...NEW, hasCustomers: true, hasOtherBooks: true };
const STAFFED = { ...NEW, hasStaff: true };
const MADE_BY_DEMO = {
  ...{ bound: { live: false, demo: true }, hasDemoStaff: true, hasStaff: true },
  ...{ hasCustomers: true, hasDemoBook: true, hasOtherBooks: false },
};
const OWN = { ...IMPORTED, bound: { live: false, demo: false }, hasStaff: true };
/** Of the version before, which noted nothing of the demo and made its staff everywhere. */
const OLD_DEMO = { ...MADE_BY_DEMO, bound: { live: false, demo: null } };
const OLD_OWN = { ...OLD_DEMO, hasDemoBook: false, hasOtherBooks: true };

const said = (settings: StartSettings, past: DatabasePast): string => {
  const verdict = judgeStart(settings, past);
  if (verdict.kind === 'refused') return verdict.says;
  return verdict.runsDemo ? 'demo' : verdict.isDemos ? 'on the demo’s, without it' : 'own';
};

describe('a start is the demo', () => {
  it.each([
    ['a new database, on this machine, without a key', HERE, NEW],
    ['the demo’s own database', HERE, MADE_BY_DEMO],
    ['a demo of the version before, with its staff and its book', HERE, OLD_DEMO],
    [
      'one of before whose book was not loaded yet',
      HERE,
      { ...OLD_DEMO, hasCustomers: false, hasDemoBook: false },
    ],
    ['one of before from when nothing was bound', HERE, { ...OLD_DEMO, bound: null }],
    ['the demo’s own, whatever was loaded since', HERE, { ...MADE_BY_DEMO, hasOtherBooks: true }],
  ])('%s', (_, settings, past) => expect(said(settings, past)).toBe('demo'));
});

describe('a start is never the demo', () => {
  it.each([
    ['on a book that somebody has loaded', HERE, IMPORTED],
    ['on records that came by another way', HERE, { ...NEW, hasCustomers: true }],
    ['where somebody was added before', HERE, STAFFED],
    ['on somebody’s own database, later too', HERE, OWN],
    ['on one that has lost all it held', HERE, { ...NEW, bound: { live: false, demo: false } }],
    ['where the version before left its staff beside a book of one’s own', HERE, OLD_OWN],
    ['where both books were loaded', HERE, { ...OLD_DEMO, hasOtherBooks: true }],
    [
      'where records came by another way beside its staff',
      HERE,
      { ...OLD_OWN, hasOtherBooks: false },
    ],
    ['beyond this machine, on a new database', BEYOND, NEW],
    ['beyond this machine, on a book', BEYOND, IMPORTED],
    ['with a test key', TEST_KEY, NEW],
    ['with a live key', LIVE_KEY, NEW],
    [
      'on a database that began with a test key',
      HERE,
      { ...NEW, bound: { live: false, demo: false } },
    ],
  ])('%s', (_, settings, past) => expect(said(settings, past)).toBe('own'));

  it('with a test key on its own database', () =>
    expect(said(TEST_KEY, MADE_BY_DEMO)).toBe('on the demo’s, without it'));
});

describe('a start is refused', () => {
  it.each([
    [
      'on the demo’s own database beyond this machine',
      BEYOND,
      MADE_BY_DEMO,
      /^DATABASE_URL .*HOST/,
    ],
    ['there too where it is from before', BEYOND, OLD_DEMO, /published/],
    ['with a live key on a demo', LIVE_KEY, MADE_BY_DEMO, /started with a test key or as the demo/],
    ['with a live key on a demo of before', LIVE_KEY, { ...OLD_DEMO, bound: null }, /as the demo/],
    [
      'without the live key on real payments',
      HERE,
      { ...OWN, bound: { live: true, demo: false } },
      /about real payments/,
    ],
  ])('%s', (_, settings, past, words) => expect(said(settings, past)).toMatch(words));
});
