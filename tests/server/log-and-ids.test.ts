import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '#app/lib/clock.ts';
import { instantText, recordId } from '#app/web/fields.ts';
import { createIds } from '#app/lib/ids.ts';
import { createLog } from '#app/config/log.ts';

describe('the log', () => {
  const linesOf = (fields: object, text = 'event'): string => {
    let written = '';
    createLog('info', { write: (line) => void (written += line) }).info(fields, text);
    return written;
  };

  it('has one line for one event, whatever stands in it', () => {
    const lineEnds = /[\r\n\u0085\u2028\u2029\u001b]/;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const line = linesOf({ path: `${text}\r\n{"level":"fatal"}\u2028\u001b[31m` }, text);
        expect(line.endsWith('\n')).toBe(true);
        expect(line.slice(0, -1)).not.toMatch(lineEnds);
        expect((JSON.parse(line) as { msg: string }).msg).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out secrets, names and what a failed statement was given', () => {
    const error = new Error('Failed query: select 1\nparams: ann@customer.test,hunter2', {
      cause: new Error('driver'),
    });
    const line = linesOf({
      err: error,
      password: 'hunter2',
      email: 'ann@customer.test',
      headers: { cookie: 'sid=hunter2', authorization: 'Bearer hunter2' },
    });
    expect(line).toContain('Failed query');
    expect(line).toContain('driver');
    expect(line).not.toMatch(/hunter2|customer\.test/);
  });
});

describe('the log of an error', () => {
  const errOf = (error: Error): Record<string, unknown> => {
    let written = '';
    const log = createLog('info', { write: (line) => void (written += line) });
    log.error({ err: error }, 'failed');
    return (JSON.parse(written) as { err: Record<string, unknown> }).err;
  };

  it('leaves out values of several lines, wherever they are repeated, and says where it happened', () => {
    const values = 'params: 4242,first line\n    at secret (hunter2)\nann@customer.test,49.00';
    const err = errOf(new Error(`Failed query: insert\n${values}`));
    expect(err['message']).toBe('Failed query: insert');
    expect(err['stack']).toContain('log-and-ids.test');
    expect(JSON.stringify(err)).not.toMatch(/4242|first line|hunter2|customer\.test|49\.00/);
  });

  it('tells each of several errors that came together', () => {
    const all = new AggregateError([new Error('one'), new Error('two')], 'both failed');
    expect(errOf(all)['errors']).toMatchObject([{ message: 'one' }, { message: 'two' }]);
  });
});

describe('ids', () => {
  it('grow, also within a millisecond and when the clock goes back', () => {
    let at = Date.parse('2026-05-03T09:00:00Z');
    const newId = createIds(() => at);
    const made: string[] = [];
    for (let i = 0; i < 5_000; i += 1) {
      if (i % 100 === 0) at += i % 300 === 0 ? -500 : 400;
      made.push(newId('flg'));
    }
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    expect(made[0]).toMatch(/^flg_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it.each(['', 'a'.repeat(256), '😀'.repeat(256)])('are not %j', (text) =>
    expect(recordId.safeParse(text).success).toBe(false),
  );

  it.each(['a', '../x', 'a b', '<b>', '=SUM(A1)', 'é', 'a'.repeat(255), '😀'.repeat(255)])(
    'may be %j',
    (text) => expect(recordId.parse(text)).toBe(text),
  );
});

describe('instants in addresses', () => {
  it.each([
    ['2026-05-03T09:12:44Z', Date.UTC(2026, 4, 3, 9, 12, 44)],
    ['2026-05-03', Date.UTC(2026, 4, 3)],
    ['2026-05-03T09:12+02:00', Date.UTC(2026, 4, 3, 7, 12)],
    ['2026-05-03T09:12:44.5Z', Date.UTC(2026, 4, 3, 9, 12, 44, 500)],
  ])('%s', (text, instant) => expect(instantText.parse(text)).toBe(instant));

  it.each(['', 'now', '2026-02-31', '2026-13-01', '2026-05-03T09:12:44', '3 May 2026', '0', '1e9'])(
    'are not %j',
    (text) => expect(instantText.safeParse(text).success).toBe(false),
  );
});

it('the clock starts where it is told to and runs on', () => {
  const start = Date.parse('2020-01-01T00:00:00Z');
  const now = createClock(start);
  const first = now();
  expect(first - start).toBeLessThan(1_000);
  const until = performance.now() + 5;
  while (performance.now() < until);
  expect(now()).toBeGreaterThan(first);
});
