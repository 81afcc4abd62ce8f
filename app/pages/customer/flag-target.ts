import type { CustomerFlag } from '#app/services/customer-view.ts';

/** The `id` of a flag's line: what a mark on the chart leads to. */
export const flagTarget = ({ rule, subject }: Pick<CustomerFlag, 'rule' | 'subject'>): string =>
  `flag-${rule}-${subject}`.replaceAll(/[^A-Za-z0-9_-]/g, '_');
