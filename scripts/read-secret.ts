import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** What was typed cannot be taken. */
export class SecretMistake extends Error {}

const asks = (): boolean => process.stdin.isTTY;

/** The lines of standard input, one at a time; on a terminal nothing of what is typed is shown. */
const hiddenLines = () => {
  const nowhere = new Writable({ write: (_text, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: asks() });
  const each = lines[Symbol.asyncIterator]();
  const next = async (question: string): Promise<string> => {
    if (asks()) process.stderr.write(question);
    const { value, done } = await each.next();
    if (asks()) process.stderr.write('\n');
    if (done) throw new SecretMistake('No password was given.');
    return value;
  };
  return { next, close: () => lines.close() };
};

/**
 * A secret that somebody chooses: one line of standard input; at a terminal it is asked for twice, because
 * nobody sees what they type. Throws `SecretMistake`.
 */
export const readNewSecret = async (question: string): Promise<string> => {
  const lines = hiddenLines();
  try {
    const secret = await lines.next(question);
    if (asks() && (await lines.next('Once more: ')) !== secret)
      throw new SecretMistake('The two differ. Nothing was changed.');
    return secret;
  } finally {
    lines.close();
  }
};
