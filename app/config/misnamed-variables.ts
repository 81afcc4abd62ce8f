import { nearestNames } from '#app/lib/nearest-name.ts';
import { ENV_NAMES } from '#app/config/env.ts';

/**
 * What only our own variables begin with.
 * @internal
 */
export const FAMILIES = ['STRIPE_', 'SMTP_', 'PRODUCT_API_', 'REDRESS_', 'INGEST_'];

/** A line for each variable that looks like one of ours and is none. No value ever stands in it. */
export const findMisnamedVariables = (source: Record<string, string | undefined>): string[] =>
  nearestNames(Object.keys(source), ENV_NAMES, FAMILIES).map(
    ({ given, meant }) =>
      `${given} is no variable of Redress and is not read. Did you mean ${meant}?`,
  );
