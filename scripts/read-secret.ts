import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** One line from standard input; on a terminal it asks first and shows nothing of what is typed. */
export const readSecret = async (question: string): Promise<string> => {
  const asks = process.stdin.isTTY;
  if (asks) process.stderr.write(question);
  const nowhere = new Writable({ write: (_text, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: asks });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (asks) process.stderr.write('\n');
  }
};
