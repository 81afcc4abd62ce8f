import { parseArgs } from 'node:util';
import { readInstant } from '#app/domain/book/parse-instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { MINUTE } from '#app/lib/instant.ts';

export const HELP = `npm run sweep -- [--as-of ISO] [--customer ID] [--json] [--dry-run]

Runs every rule over the whole book and settles its flags: new findings open a flag, findings that
are gone close theirs.

  --as-of ISO     evaluates the book as it was, or will be, at that instant: 2026-05-03T09:12:44Z.
                  Flags are settled only where it lies within the last minute; by any other time
                  the history of the flags would tell what never happened.
  --customer ID   this customer only
  --json          prints each finding as a line of JSON, and nothing else, on standard output
  --dry-run       settles no flags
  --help          this text

Environment: DATABASE_URL (file:./data/redress.db), REDRESS_NOW.
Exit status: 0 done, 1 failed.
`;

/** What was asked for cannot be done as it was asked. */
export class Mistake extends Error {}

export interface SweepCommand {
  help: boolean;
  json: boolean;
  dryRun: boolean;
  asOf: Instant | undefined;
  customer: string | undefined;
}

/** Throws `Mistake`, or the parser's TypeError, where the command line is wrong. */
export const readCommand = (args: readonly string[]): SweepCommand => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'as-of': { type: 'string' },
      customer: { type: 'string' },
      json: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    json: values.json,
    dryRun: values['dry-run'],
    asOf: values['as-of'] === undefined ? undefined : instantOf(values['as-of']),
    customer: values.customer,
  };
};

const instantOf = (text: string): Instant => {
  const instant = readInstant(text);
  if (instant !== null) return instant;
  throw new Mistake(
    '--as-of must be an instant with Z or an offset, such as 2026-05-03T09:12:44Z or 2026-05-03T11:12:44.120+02:00.',
  );
};

/** Whether settling flags as of `asOf` tells the truth about now. */
export const isAboutNow = (asOf: Instant | undefined, now: Instant): boolean =>
  asOf === undefined || (asOf <= now && asOf > now - MINUTE);
