import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Delivered {
  body: Buffer;
  header: string | undefined;
}

/** A server that keeps what is delivered to it, and answers with `status()`. */
export const webhookReceiver = async (status: () => number = () => 200) => {
  const delivered: Delivered[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const header = request.headers['stripe-signature'];
      delivered.push({
        body: Buffer.concat(parts),
        header: typeof header === 'string' ? header : undefined,
      });
      response.writeHead(status()).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/webhooks/stripe`, delivered };
};
