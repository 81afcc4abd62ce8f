import { Agent } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORM, startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

let site: TestConsole;
beforeAll(async () => {
  site = await startTestConsole();
});
afterAll(() => site.close());

const LIMIT = 64 * 1024;
const formOf = (size: number): string => {
  const start = 'email=a%40demo.test&password=';
  return start + 'x'.repeat(size - start.length);
};

/** Writes raw bytes on a connection of its own; answers everything that came back until it was closed. */
const raw = (pieces: Iterable<string>): Promise<string> =>
  new Promise((resolve) => {
    const { port } = new URL(site.address);
    let received = '';
    const socket = connect(Number(port), '127.0.0.1', () => {
      for (const piece of pieces) if (socket.writable) socket.write(piece);
    });
    socket.on('data', (data) => {
      received += data.toString('latin1');
    });
    // Being cut off while still sending is what a server does to a body that is too large.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
  });

const head = (...lines: string[]): string =>
  ['POST /sign-in HTTP/1.1', 'Host: localhost', 'Origin: http://localhost', `Content-Type: ${FORM}`]
    .concat(lines, '', '')
    .join('\r\n');

describe('bodies', () => {
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    site.ask('/sign-in', {
      method: 'POST',
      headers: { Origin: site.origin, 'Content-Type': FORM, ...headers },
      body,
      agent: new Agent(),
    });

  it('may have 64 kB and not a byte more', async () => {
    expect((await post(formOf(LIMIT))).status).toBe(422);
    expect((await post(formOf(LIMIT + 1))).status).toBe(413);
  });

  it('are counted as they arrive, whatever is said of their length', async () => {
    const chunk = 'x'.repeat(8_000);
    const chunked = (function* () {
      yield head('Transfer-Encoding: chunked');
      for (let i = 0; i < 100; i += 1) yield `${chunk.length.toString(16)}\r\n${chunk}\r\n`;
    })();
    const answer = await raw(chunked);
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
    expect(answer).toContain('body_too_large');
  });

  it('are not read at all when they say themselves that they are too large', async () => {
    const answer = await raw([head(`Content-Length: ${60 * 1024 * 1024}`), 'x'.repeat(1000)]);
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });

  it('are not unpacked', async () => {
    const packed = gzipSync(formOf(10 * 1024 * 1024));
    expect((await post(packed, { 'Content-Encoding': 'gzip' })).status).toBe(415);
  });

  it('take no memory when they are refused', async () => {
    const body = formOf(2 * 1024 * 1024);
    for (let i = 0; i < 5; i += 1) await post(body).catch(() => undefined);
    const before = process.memoryUsage.rss();
    for (let i = 0; i < 100; i += 1) await post(body).catch(() => undefined);
    expect(process.memoryUsage.rss() - before).toBeLessThan(40 * 1024 * 1024);
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', ''])(
    'that are no form (%s) are the sender’s mistake',
    async (type) => {
      const answer = await post('{"email":1', { 'Content-Type': type });
      expect(answer.status).toBe(415);
      expect(answer.text).toContain('application/x-www-form-urlencoded');
    },
  );

  it('may have a hundred fields and not one more', async () => {
    const fields = (count: number) => Array.from({ length: count }, (_, at) => `f${at}=`).join('&');
    expect((await post(fields(100))).status).toBe(422);
    const answer = await post(fields(101));
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('at most 100 fields');
  });
});

describe('the rest of a request', () => {
  it('may not have headers beyond 16 kB', async () => {
    const answer = await raw([
      `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(17 * 1024)}\r\n\r\n`,
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 431/);
  });

  it('may not have more than a hundred parameters', async () => {
    const query = (count: number) => Array.from({ length: count }, (_, i) => `p${i}=1`).join('&');
    expect((await site.ask(`/sign-in?${query(100)}`)).status).toBe(200);
    expect((await site.ask(`/sign-in?${query(101)}`)).status).toBe(400);
  });

  it.each([['a b'], ['a\tb'], ['evil.test/x'], ['user@evil.test'], ['[::1'], ['a:99999999']])(
    'may not name this server %j',
    async (host) => {
      expect((await site.ask('/sign-in', { headers: { Host: host } })).status).toBe(400);
    },
  );
});
