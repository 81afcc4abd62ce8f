import { describe, expect, test } from 'vitest';
import { parseLine } from '#app/domain/book/parse-line.ts';
import type { RecordType } from '#app/domain/book/records.ts';
import { GOOD, OPTIONAL } from '#tests/factories/good-lines.ts';

const TYPES = Object.keys(GOOD) as RecordType[];

const refusal = (value: unknown): string | null => {
  const parsed = parseLine(typeof value === 'string' ? value : JSON.stringify(value));
  return 'refused' in parsed ? parsed.refused : null;
};
const record = (value: unknown): Record<string, unknown> => {
  const parsed = parseLine(typeof value === 'string' ? value : JSON.stringify(value));
  if ('refused' in parsed) throw new Error(parsed.refused);
  return parsed.ok.record as unknown as Record<string, unknown>;
};

describe.each(TYPES)('%s', (type) => {
  const good = GOOD[type];
  const fields = Object.keys(good).filter((field) => field !== 'type');

  test('a full line is loaded with every field', () => {
    expect(Object.keys(record(good)).sort()).toEqual([...fields].sort());
  });

  test('an optional field may be null or absent, and then is null', () => {
    for (const field of OPTIONAL[type]) {
      const { [field]: _, ...without } = good;
      const absent = field === 'sequence' ? 0 : null;
      expect(record({ ...good, [field]: null })[field]).toBe(absent);
      expect(record(without)[field]).toBe(absent);
    }
  });

  test('a required field may be neither', () => {
    for (const field of fields.filter((name) => !OPTIONAL[type].includes(name))) {
      const { [field]: _, ...without } = good;
      expect(refusal({ ...good, [field]: null })).toBe(`${field} is missing`);
      expect(refusal(without)).toBe(`${field} is missing`);
    }
  });

  test('no field may have another JSON type', () => {
    for (const field of fields) {
      for (const wrong of [{}, [[]], typeof good[field] === 'number' ? '1' : 1]) {
        expect(refusal({ ...good, [field]: wrong }), `${field}: ${JSON.stringify(wrong)}`).toMatch(
          new RegExp(`^${field}`),
        );
      }
    }
  });

  test('a field that the format does not know is ignored', () => {
    expect(record({ ...good, colour: 'red', toString: 1, ['__proto__']: { id: 1 } })).toEqual(
      record(good),
    );
  });
});

describe('ids', () => {
  test.each([
    ['one character', 'x'],
    ['255 characters', 'x'.repeat(255)],
    ['255 characters outside the basic plane', '😀'.repeat(255)],
    ['a space', ' '],
    ['NUL', 'a\0b'],
    ['a lone surrogate', '\ud800'],
    ['right-to-left and zero-width characters', '\u202eabc\u200b'],
  ])('%s', (_, id) => {
    expect(record({ ...GOOD.member, id, customerId: id })).toMatchObject({ id, customerId: id });
  });

  test.each([
    ['none', ''],
    ['256 characters', 'x'.repeat(256)],
    ['256 characters outside the basic plane', '😀'.repeat(256)],
    ['1,000 characters', 'x'.repeat(1000)],
  ])('refused: %s', (_, id) => {
    for (const [type, field] of [
      ['customer', 'id'],
      ['customer', 'stripeCustomerId'],
      ['payment', 'customerId'],
      ['payment', 'invoiceId'],
      ['payment', 'subscriptionId'],
      ['refund', 'paymentId'],
      ['ledgerEntry', 'memberId'],
      ['ledgerEntry', 'generationId'],
    ] as const) {
      expect(refusal({ ...GOOD[type], [field]: id })).toBe(
        `${field} must have 1 to 255 characters`,
      );
    }
    expect(refusal({ ...GOOD.invoice, paymentIds: ['ch_1', id] })).toBe(
      'paymentIds[1] must have 1 to 255 characters',
    );
  });

  test('revisionOf and taxId are no ids by their names, and may be of any length', () => {
    const long = 'x'.repeat(300);
    const billTo = { name: '', taxId: long };
    expect(record({ ...GOOD.invoice, revisionOf: long, billTo })).toMatchObject({
      revisionOf: long,
      billTo: { name: '', taxId: long, email: null, address: null },
    });
  });
});

describe('numbers', () => {
  const amounts = [
    ['payment', 'amount'],
    ['payment', 'amountCaptured'],
    ['payment', 'amountRefunded'],
    ['payment', 'credits'],
    ['refund', 'amount'],
    ['subscription', 'creditsPerPeriod'],
  ] as const;
  const signed = [
    ['customer', 'reportedBalance'],
    ['invoice', 'total'],
    ['ledgerEntry', 'credits'],
    ['ledgerEntry', 'balanceAfter'],
    ['ledgerEntry', 'sequence'],
  ] as const;

  test.each([...amounts, ...signed])('%s.%s is a safe integer', (type, field) => {
    const line = (number: string): string =>
      JSON.stringify({ ...GOOD[type], [field]: '#' }).replace('"#"', number);
    for (const good of ['0', '-0', '7.0', '1e3', '9007199254740991']) {
      expect(record(line(good))[field]).toBe(Number(good) + 0);
    }
    for (const bad of ['0.5', '0.1e0', '9007199254740992', '1e400', '-1e400', '1e21']) {
      expect(refusal(line(bad))).toMatch(new RegExp(`^${field} must be a .*number`));
    }
    for (const bad of ['NaN', 'Infinity', '0x10', '01', '.5', '+1']) {
      expect(refusal(line(bad))).toBe('is not JSON');
    }
  });

  test.each(amounts)('%s.%s must not be negative', (type, field) => {
    expect(refusal({ ...GOOD[type], [field]: -1 })).toBe(`${field} must not be negative`);
  });

  test.each(signed)('%s.%s may be negative', (type, field) => {
    expect(record({ ...GOOD[type], [field]: -1 })[field]).toBe(-1);
  });

  test('count is 1 or more and whole; seconds are above 0 and may have a fraction', () => {
    expect(refusal({ ...GOOD.generation, count: 0 })).toBe('count must be 1 or more');
    expect(refusal({ ...GOOD.generation, count: 1.5 })).toMatch(/^count must be a whole number/);
    expect(record({ ...GOOD.generation, durationSeconds: 0.001 })['durationSeconds']).toBe(0.001);
    for (const seconds of [0, -1, -0.5]) {
      expect(refusal({ ...GOOD.generation, durationSeconds: seconds })).toMatch(
        /^durationSeconds must be above 0/,
      );
    }
    const huge = JSON.stringify({ ...GOOD.generation, durationSeconds: 0 });
    expect(refusal(huge.replace('"durationSeconds":0', '"durationSeconds":1e400'))).toMatch(
      /^durationSeconds must be/,
    );
  });
});

describe('credits have the sign of their kind', () => {
  test.each([
    ['purchase', 1, -1],
    ['renewal', 1, -1],
    ['upgrade', 1, -1],
    ['return', 1, -1],
    ['usage', -1, 1],
    ['revocation', -1, 1],
    ['expiry', -1, 1],
  ])('%s', (kind, right, wrong) => {
    for (const credits of [right, 0]) {
      expect(record({ ...GOOD.ledgerEntry, kind, credits })['credits']).toBe(credits);
    }
    expect(refusal({ ...GOOD.ledgerEntry, kind, credits: wrong })).toMatch(
      new RegExp(`^credits of a ${kind} must not be`),
    );
  });

  test('an adjustment may have either', () => {
    for (const credits of [-5, 0, 5]) {
      expect(record({ ...GOOD.ledgerEntry, credits })['credits']).toBe(credits);
    }
  });
});

describe('words, currencies, objects', () => {
  test.each([
    ['subscription', 'status', 'Active'],
    ['payment', 'purpose', 'pack'],
    ['payment', 'status', ''],
    ['payment', 'disputeStatus', 'closed'],
    ['refund', 'status', 'done'],
    ['invoice', 'status', 'Paid'],
    ['ledgerEntry', 'kind', 'toString'],
    ['generation', 'kind', 'audio'],
    ['generation', 'resolution', '8K'],
    ['generation', 'status', '__proto__'],
    ['setupAttempt', 'cardFunding', 'gift'],
    ['watermark', 'id', 'refunds'],
  ] as const)('%s.%s: %j', (type, field, word) => {
    expect(refusal({ ...GOOD[type], [field]: word })).toMatch(
      new RegExp(`^${field} must be one of `),
    );
  });

  test.each(['USD', 'us', 'usdt', 'us1', 'ÜSD', ' usd', 'usd\n'])('currency %j', (currency) => {
    expect(refusal({ ...GOOD.payment, currency })).toBe(
      'currency must be three lower-case letters',
    );
  });

  test('the fields of billTo are checked likewise', () => {
    const billTo = (value: unknown): string | null => refusal({ ...GOOD.invoice, billTo: value });
    expect(billTo({})).toBe('billTo.name is missing');
    expect(billTo({ name: null })).toBe('billTo.name is missing');
    expect(billTo({ name: 'x', email: 3 })).toBe('billTo.email must be a string');
    expect(billTo({ name: 'x', address: {} })).toBe('billTo.address must be a string');
    expect(billTo('x')).toBe('billTo must be an object');
    expect(billTo([])).toBe('billTo must be an object');
    expect(billTo({ name: 'x', email: null, more: [1] })).toBeNull();
  });

  test('a time zone is not checked', () => {
    expect(record({ ...GOOD.customer, timeZone: 'Mars/Olympus' })['timeZone']).toBe('Mars/Olympus');
  });
});

describe('lines', () => {
  test.each([
    ['cut off', JSON.stringify(GOOD.payment).slice(0, -9), 'is not JSON'],
    ['two objects', `${JSON.stringify(GOOD.member)} ${JSON.stringify(GOOD.member)}`, 'is not JSON'],
    ['bare quotes', '{"type":"member","id":"a"b"}', 'is not JSON'],
    ['an array', '[]', 'is not a JSON object'],
    ['null', 'null', 'is not a JSON object'],
    ['a string', '"customer"', 'is not a JSON object'],
    ['an empty object', '{}', 'type is missing'],
    ['no type', '{"type":null}', 'type is missing'],
    ['a type in the prototype', '{"__proto__":{"type":"watermark"}}', 'type is missing'],
    [
      'a nest of 10,000',
      `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      'is nested more than 32 deep',
    ],
    ['a nest that does not end', '['.repeat(10_000), 'is nested more than 32 deep'],
    [
      'a nest in a refused line',
      JSON.stringify({ line: 1, refused: 'is not JSON', text: '['.repeat(33) }),
      'is nested more than 32 deep',
    ],
  ])('%s', (_, line, reason) => {
    expect(refusal(line)).toBe(reason);
  });

  test.each(['charge', '', 'Payment', 'toString', '__proto__', 3, true, {}])('type %j', (type) => {
    expect(refusal({ ...GOOD.payment, type })).toMatch(/^type .* is not one of customer, member/);
  });

  test('of a key that stands twice the last counts', () => {
    const line = JSON.stringify(GOOD.payment).replace('"amount":4900', '"amount":-1,"amount":7');
    expect(record(line)['amount']).toBe(7);
  });

  test('an unknown field may be nested until the line is 32 deep', () => {
    const nested = (depth: number): string =>
      JSON.stringify(GOOD.member).replace(
        '"type"',
        `"more":["}}]]\\"[[{{",${'['.repeat(depth - 2)}1${']'.repeat(depth - 2)}],"type"`,
      );
    expect(refusal(nested(32))).toBeNull();
    expect(refusal(nested(33))).toBe('is nested more than 32 deep');
  });

  test('a text has at most 10,000 characters, of whatever plane, in every field', () => {
    const says = 'must have at most 10,000 characters';
    for (const letter of ['x', '😀']) {
      expect(refusal({ ...GOOD.member, name: letter.repeat(10_000) })).toBeNull();
      expect(refusal({ ...GOOD.member, name: letter.repeat(10_001) })).toBe(`name ${says}`);
    }
    const long = 'x'.repeat(10_001);
    expect(refusal({ ...GOOD.ledgerEntry, note: long })).toBe(`note ${says}`);
    const billTo = { name: 'x', address: long };
    expect(refusal({ ...GOOD.invoice, billTo })).toBe(`billTo.address ${says}`);
    const through = `2026-05-03T09:12:44.${'0'.repeat(9_980)}Z`;
    expect(refusal({ ...GOOD.watermark, through })).toBe(`through ${says}`);
    expect(refusal({ ...GOOD.member, id: long })).toBe('id must have 1 to 255 characters');
    expect(refusal({ ...GOOD.member, colour: long })).toBeNull();
  });

  test('every problem of a line is told', () => {
    expect(refusal({ ...GOOD.payment, amount: -1, currency: 'USD', id: '' })).toBe(
      'id must have 1 to 255 characters; amount must not be negative; currency must be three lower-case letters',
    );
  });
});
