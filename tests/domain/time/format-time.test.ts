import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import { formatAgo, formatDuration } from '#app/domain/time/format-time.ts';

const NOW = Date.parse('2026-05-04T12:00:00.000Z');

describe('agoInWords', () => {
  it.each([
    [0, 'just now'],
    [999, 'just now'],
    [SECOND, '1 second ago'],
    [59 * SECOND + 999, '59 seconds ago'],
    [MINUTE, '1 minute ago'],
    [42 * MINUTE, '42 minutes ago'],
    [HOUR - 1, '59 minutes ago'],
    [HOUR, '1 hour ago'],
    [3 * HOUR, '3 hours ago'],
    [47 * HOUR, '47 hours ago'],
    [2 * DAY, '2 days ago'],
    [60 * DAY, '60 days ago'],
    [61 * DAY, '2 months ago'],
    [800 * DAY, '2 years ago'],
    [-4 * MINUTE, 'in 4 minutes'],
    [-500, 'just now'],
    [-1 * DAY, 'in 24 hours'],
  ])('%d ms before now is %s', (distance, words) => {
    expect(formatAgo(NOW - distance, NOW)).toBe(words);
  });
});

describe('durationInWords', () => {
  it.each([
    [0, '0 seconds'],
    [500, '0 seconds'],
    [SECOND, '1 second'],
    [90 * SECOND, '1 minute 30 seconds'],
    [5 * MINUTE, '5 minutes'],
    [15 * MINUTE, '15 minutes'],
    [90 * MINUTE, '90 minutes'],
    [HOUR, '1 hour'],
    [2 * HOUR, '2 hours'],
    [DAY, '24 hours'],
    [36 * HOUR, '36 hours'],
    [2 * DAY, '2 days'],
    [HOUR + 2 * MINUTE + 3 * SECOND, '1 hour 2 minutes'],
    [3 * DAY + 4 * HOUR + 5 * SECOND, '3 days 4 hours'],
  ])('%d ms are %s', (length, words) => {
    expect(formatDuration(length)).toBe(words);
  });
});
