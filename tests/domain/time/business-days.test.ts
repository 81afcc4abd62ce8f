import { expect, it } from 'vitest';
import { businessDaysAfter } from '#app/domain/time/business-days.ts';

it.each([
  ['Monday', '2026-05-04T12:00:00Z', 1, '2026-05-05T12:00:00Z'],
  ['Friday, over the weekend', '2026-05-08T23:59:59.999Z', 1, '2026-05-11T23:59:59.999Z'],
  ['Saturday', '2026-05-09T00:00:00Z', 1, '2026-05-11T00:00:00Z'],
  ['Sunday', '2026-05-10T23:00:00Z', 1, '2026-05-11T23:00:00Z'],
  ['Thursday, ten days', '2026-05-07T08:00:00Z', 10, '2026-05-21T08:00:00Z'],
  ['before 1970', '1969-12-31T06:00:00Z', 3, '1970-01-05T06:00:00Z'],
])('counts business days from %s', (_, from, days, to) => {
  expect(new Date(businessDaysAfter(Date.parse(from), days))).toEqual(new Date(to));
});
