import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BEFORE_FIRST,
  canonicalEvent,
  canonicalFacts,
  EMPTY_CHAIN,
  follows,
  isErased,
} from '#app/domain/audit/chain.ts';
import type { AuditEvent } from '#app/domain/audit/chain.ts';

const event: AuditEvent = {
  seq: 7,
  id: 'aud_1',
  at: 1_777_800_000_000,
  kind: 'flag.dismissed',
  actorId: 'stf_1',
  customerId: 'org_1',
  subject: 'flag:flg_1',
  ticket: 'ZD-1',
  requestId: 'r1',
  detail: { reason: 'x', a: 1 },
  ...{ token: null, sealed: null },
};

describe('the text that is hashed', () => {
  it('has a fixed form', () =>
    expect(canonicalEvent(event)).toBe(
      '[7,"aud_1",1777800000000,"flag.dismissed","stf_1","org_1","flag:flg_1","ZD-1","r1",[["a",1],["reason","x"]]]',
    ));

  it.each<[string, Partial<AuditEvent>, boolean]>([
    ['another number', { seq: 8 }, false],
    ['another id', { id: 'aud_2' }, false],
    ['another time', { at: event.at + 1 }, false],
    ['another kind', { kind: 'flag.snoozed' }, false],
    ['nobody', { actorId: null }, false],
    ['the word null for nobody', { actorId: 'null' }, false],
    ['another customer', { customerId: 'org_2' }, false],
    ['no subject', { subject: null }, false],
    ['an empty ticket for none', { ticket: '' }, false],
    ['another request', { requestId: 'r2' }, false],
    ['values that moved over', { requestId: 'ZD-1', ticket: 'r1' }, false],
    ['no detail', { detail: null }, false],
    ['an empty detail', { detail: {} }, false],
    ['a number as text', { detail: { reason: 'x', a: '1' } }, false],
    ['a null more', { detail: { reason: 'x', a: 1, b: null } }, false],
    ['the same in another order', { detail: { a: 1, reason: 'x' } }, true],
  ])('%s', (_name, change, same) =>
    expect(canonicalEvent({ ...event, ...change }) === canonicalEvent(event)).toBe(same),
  );

  it('is the same for rows that are the same and for no others', { timeout: 30_000 }, () => {
    const texts = fc.option(fc.string({ unit: 'binary' }));
    const rows = fc.record({
      ...{ seq: fc.nat(), at: fc.integer(), id: fc.string(), kind: fc.string() },
      ...{ actorId: texts, customerId: texts, subject: texts, ticket: texts, requestId: texts },
      detail: fc.option(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()))),
      ...{ token: fc.constant(null), sealed: fc.constant(null) },
    });
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const equal = JSON.stringify(a) === JSON.stringify(b);
        expect(canonicalEvent(a) === canonicalEvent(b)).toBe(equal);
        expect(canonicalEvent(structuredClone(a))).toBe(canonicalEvent(a));
      }),
    );
  });
});

describe('what is said of a customer under a token', () => {
  const sealed = { ...event, token: 't1', sealed: 's1' };
  const text = canonicalEvent(sealed);

  it('stands in the hash as its seal alone', () => {
    expect(text).toBe(
      '[7,"aud_1",1777800000000,"flag.dismissed","stf_1","flag:flg_1","r1","t1","s1"]',
    );
    const erased = { ...sealed, customerId: null, ticket: null, detail: null };
    expect([isErased(sealed), isErased(erased)]).toEqual([false, true]);
    expect(canonicalEvent(erased)).toBe(text);
  });

  it.each<[string, Partial<AuditEvent>]>([
    ['another token', { token: 't2' }],
    ['another seal', { sealed: 's2' }],
    ['no token', { token: null }],
    ['another subject', { subject: null }],
  ])('%s is another text', (_name, change) =>
    expect(canonicalEvent({ ...sealed, ...change })).not.toBe(text),
  );

  it.each<[string, Partial<AuditEvent>]>([
    ['customer', { customerId: 'org_2' }],
    ['ticket', { ticket: null }],
    ['detail', { detail: { reason: 'y', a: 1 } }],
  ])('seals the %s', (_name, change) =>
    expect(canonicalFacts({ ...event, ...change })).not.toBe(canonicalFacts(event)),
  );
});

describe('whether a row follows', () => {
  const first = { ...event, seq: 1, prevHash: BEFORE_FIRST, hash: 'h1' };
  it.each([
    ['the first', EMPTY_CHAIN, first, 'h1', null],
    ['a gap', EMPTY_CHAIN, { ...first, seq: 2 }, 'h1', { seq: 1, why: 'it is missing' }],
    [
      'one twice',
      { seq: 1, hash: 'h1' },
      first,
      'h1',
      { seq: 2, why: 'row 1 stands in its place' },
    ],
    [
      'another chain',
      EMPTY_CHAIN,
      { ...first, prevHash: 'x' },
      'h1',
      { seq: 1, why: 'it does not follow on row 0 as that is now' },
    ],
    [
      'a changed one',
      EMPTY_CHAIN,
      first,
      'h2',
      { seq: 1, why: 'its content does not give its hash' },
    ],
  ])('%s', (_name, before, row, hashed, bad) => expect(follows(before, row, hashed)).toEqual(bad));
});
