import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_BODY = 1_000_000;

/** The whole body as text. Throws above a megabyte. */
export const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LONGEST_BODY) throw new Error('the body is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

export interface Visit {
  request: IncomingMessage;
  response: ServerResponse;
  /** Lets time pass; ends with an error when the server closes. */
  wait: (milliseconds: number) => Promise<void>;
}

export interface Loopback {
  url: string;
  /** Cuts every connection. */
  close: () => Promise<void>;
}

const listening = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      // A TCP server that listens has an address of this form.
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });

/** Serves on 127.0.0.1, port 0 being any free one. A visit that throws has its connection cut. */
export const serveLoopback = async (
  port: number,
  answer: (visit: Visit) => Promise<void>,
): Promise<Loopback> => {
  const closing = new AbortController();
  const wait = async (milliseconds: number): Promise<void> => {
    await sleep(milliseconds, undefined, { signal: closing.signal });
  };
  const server = createServer((request, response) => {
    answer({ request, response, wait }).catch(() => request.socket.destroy());
  });
  return {
    url: await listening(server, port),
    close: async () => {
      closing.abort();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
};
