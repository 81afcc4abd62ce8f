import { Agent, request, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Asking {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
  agent?: Agent;
  /** Hangs up as soon as status and headers are there: for answers that never end. */
  headOnly?: boolean;
}

const kept = new Agent({ keepAlive: true, maxSockets: 16 });

/** One request exactly as written: unlike `fetch`, it adds no header and resolves no path. */
export const ask = (address: string, path: string, asking: Asking = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const sent = request(
      {
        hostname,
        port,
        path,
        method: asking.method ?? 'GET',
        agent: asking.agent ?? kept,
        headers: {
          ...(asking.body === undefined
            ? {}
            : { 'Content-Length': Buffer.byteLength(asking.body) }),
          ...asking.headers,
        },
      },
      (received) => {
        const { statusCode: status = 0, headers } = received;
        if (asking.headOnly) {
          sent.destroy();
          resolve({ status, headers, text: '' });
          return;
        }
        const pieces: Buffer[] = [];
        received.on('data', (piece: Buffer) => pieces.push(piece));
        received.on('error', reject);
        received.on('end', () =>
          resolve({ status, headers, text: Buffer.concat(pieces).toString('utf8') }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(asking.body);
  });
