import type { Instant } from '#app/lib/instant.ts';

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `Monday 4 May 2026`, the day in UTC. */
export const formatDay = (at: Instant): string => dayFormat.format(at).replace(',', '');
