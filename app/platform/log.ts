import pino, { type Logger } from 'pino';

export type { Logger };

/**
 * Line ends and orders to terminals that JSON leaves as they are: one event must stay one line in every
 * viewer, and must not be able to change what stands above it.
 */
const LINE_ENDS = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escapeLineEnds = (line: string): string =>
  line.replace(LINE_ENDS, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Drivers repeat the values of a failed statement in their message; those are customers' facts. */
const withoutValues = (text: string | undefined): string | undefined =>
  text?.replace(/\n?params:[^\n]*/g, '').slice(0, 8_000);

const describe = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error))
    return typeof error === 'string' ? withoutValues(error) : 'unknown';
  return {
    type: error.name,
    message: withoutValues(error.message),
    stack: withoutValues(error.stack),
    ...(error.cause !== undefined && depth < 3 ? { cause: describe(error.cause, depth + 1) } : {}),
  };
};

const SECRET_KEYS = ['password', 'token', 'authorization', 'cookie', 'secret', 'email', 'name'];

/** One JSON line per event on `out`; errors under `err`; known personal and secret keys are blanked. */
export const makeLog = (
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
