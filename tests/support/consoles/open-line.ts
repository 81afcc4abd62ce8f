import { request } from 'node:http';
import type { ClientRequest } from 'node:http';

/** A page's open line to the console: what it is told, and when it ends. */
export interface OpenLine {
  /** Resolves once what was told so far matches. */
  told: (pattern: RegExp) => Promise<void>;
  end: Promise<void>;
  textSoFar: () => string;
  line: ClientRequest;
}

/** Opens the line of a page of somebody who is signed in; resolves when the console has answered. */
export const openLine = async (
  address: string,
  path: string,
  cookie: string,
): Promise<OpenLine> => {
  let text = '';
  const waiting: { pattern: RegExp; resolve: () => void }[] = [];
  const look = () => {
    for (const each of waiting) if (each.pattern.test(text)) each.resolve();
  };
  const line = request(`${address}${path}`, { headers: { Cookie: cookie } });
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  line.on('response', (response) => {
    response.setEncoding('utf8');
    response.on('data', (piece: string) => {
      text += piece;
      look();
    });
    response.on('close', () => ended());
  });
  line.on('error', () => undefined);
  line.end();
  const told = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      waiting.push({ pattern, resolve });
      look();
    });
  await told(/retry/);
  return { told, end, textSoFar: () => text, line };
};
