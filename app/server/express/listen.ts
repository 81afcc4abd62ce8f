import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import type { Env } from '#app/config/env.ts';

const LARGEST_HEADERS = 16 * 1024;
const LONGEST_REQUEST = 30_000;

/** Listens where the settings say; rejects where the port is taken or not ours to use. */
export const listen = (app: Express, env: Pick<Env, 'PORT' | 'HOST'>): Promise<Server> => {
  const server = createServer({ maxHeaderSize: LARGEST_HEADERS }, app);
  server.requestTimeout = LONGEST_REQUEST;
  server.headersTimeout = LONGEST_REQUEST / 2;
  server.keepAliveTimeout = 10_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(env.PORT, env.HOST, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
};

/** Milliseconds for requests that are being answered. */
const GRACE = 3_000;
/** A connection that has had its answer is kept for the next request: none will come. */
const CLOSE_IDLE_EVERY = 50;

/** Takes no new requests, lets the running ones end, and cuts what is left after three seconds. */
export const stopListening = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const closeIdle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY);
    const cut = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearInterval(closeIdle);
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
