import pino, { type Logger } from 'pino';

export type { Logger };

/**
 * Line ends and orders to terminals that JSON leaves as they are: one event must stay one line in every
 * viewer, and must not be able to change what stands above it.
 */
const LINE_ENDS = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escapeLineEnds = (line: string): string =>
  line.replace(LINE_ENDS, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Drivers repeat the values of a failed statement in their message; those are customers' facts, of any number of lines. */
const withoutValues = (text: string | undefined): string | undefined =>
  text?.replace(/\n?params:[^]*$/, '').slice(0, 8_000);

/** Where it happened. What it says stands in the message, and would stand here once more, values and all. */
const placesOf = ({ message, stack = '' }: Error): string =>
  stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .join('\n')
    .slice(0, 8_000);

/** Of errors that came together, so many are told. */
const MOST_ERRORS = 5;

const describe = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error))
    return typeof error === 'string' ? withoutValues(error) : 'unknown';
  return {
    type: error.name,
    message: withoutValues(error.message),
    stack: placesOf(error),
    ...(error.cause !== undefined && depth < 3 ? { cause: describe(error.cause, depth + 1) } : {}),
    ...(error instanceof AggregateError && depth < 3
      ? {
          errors: error.errors
            .slice(0, MOST_ERRORS)
            .map((one: unknown) => describe(one, depth + 1)),
        }
      : {}),
  };
};

const SECRET_KEYS = ['password', 'token', 'authorization', 'cookie', 'secret', 'email', 'name'];

/** One JSON line per event on `out`; errors under `err`; known personal and secret keys are blanked. */
export const createLog = (
  level: string,
  out: { write(line: string): void } = process.stdout,
): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => describe(error) },
      redact: {
        paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]).filter((key) => key !== '*.name'),
        censor: '[redacted]',
      },
    },
    { write: (line: string) => out.write(escapeLineEnds(line)) },
  );
