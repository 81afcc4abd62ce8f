import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import { letterAhead, pauseAfter, soonAfter } from '#app/domain/mail/retry-schedule.ts';

const NOW = Date.parse('2026-05-04T09:12:00Z');
const letter = (change: Partial<Parameters<typeof letterAhead>[0]> = {}) => ({
  ...{ createdAt: NOW, releasedAt: null, nextTryAt: NOW, leaseUntil: null, heldAt: null },
  ...{ error: null, attempts: 0, ...change },
});
const busy = (attempts: number, nextTryAt: number) =>
  letter({ error: 'The server is busy.', attempts, nextTryAt });
const held = (nextTryAt: number) => letter({ heldAt: NOW, error: 'No address.', nextTryAt });

describe('a letter that lies ahead', () => {
  it.each<[string, ReturnType<typeof letter>, ReturnType<typeof letterAhead>]>([
    ['new', letter(), null],
    ['new, by a clock that is hardly ahead', letter({ nextTryAt: NOW + 2 * SECOND }), null],
    [
      'new, by a clock six hours ahead',
      letter({ createdAt: NOW + 6 * HOUR, nextTryAt: NOW + 6 * HOUR }),
      { createdAt: NOW, nextTryAt: NOW },
    ],
    ['tried once', busy(1, NOW + MINUTE), null],
    ['tried once, ahead', busy(1, NOW + HOUR), { nextTryAt: NOW + MINUTE }],
    ['tried often', busy(40, NOW + 6 * HOUR), null],
    ['tried often, ahead', busy(40, NOW + 7 * HOUR), { nextTryAt: NOW + 6 * HOUR }],
    ['with a person', held(NOW + HOUR), null],
    ['with a person, ahead', held(NOW + 2 * HOUR), { nextTryAt: NOW + HOUR }],
    [
      'released by a person, ahead',
      letter({ attempts: 3, releasedAt: NOW + HOUR, nextTryAt: NOW + HOUR }),
      { nextTryAt: NOW, releasedAt: NOW },
    ],
    ['held by a sender', letter({ leaseUntil: NOW + 5 * MINUTE }), null],
    [
      'held by a sender, ahead',
      letter({ leaseUntil: NOW + HOUR }),
      { leaseUntil: NOW + 5 * MINUTE },
    ],
  ])('%s', (_what, mail, change) => {
    expect(letterAhead(mail, NOW)).toEqual(change);
  });

  it('is put off by no rule of ours for longer than its pause', () => {
    for (let tries = 1; tries < 60; tries += 1)
      expect(soonAfter(tries)).toBeLessThanOrEqual(pauseAfter(tries));
  });
});
