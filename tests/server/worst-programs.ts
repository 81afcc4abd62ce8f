import { signatureHeader } from '#scripts/sandbox/stripe/webhooks.ts';
import type { WorstRequest } from '#tests/server/worst-requests.ts';

const LARGEST_EVENT = 256 * 1024;
const LARGEST_INGEST = 1024 * 1024;
const LARGEST_HEADER = 15_000;

const nested = (size: number): string =>
  `${'['.repeat(Math.floor(size / 2))}${']'.repeat(Math.floor(size / 2))}`;
const many = (size: number, part: string): string => part.repeat(Math.floor(size / part.length));

/** JSON that costs as much as its size allows. */
const texts = (size: number): [string, string][] => [
  ['nothing but brackets', nested(size - 200)],
  ['open brackets', many(size - 200, '[')],
  ['objects in objects', many(size - 200, '{"a":')],
  ['small values', `[${many(size - 202, '0,')}0]`],
  ['escapes', `"${many(size - 202, '\\u0041')}"`],
  ['spaces', many(size - 200, ' ')],
  ['quotes', many(size - 200, '"')],
];

/** An event as Stripe would send it, with so much beside what is read. */
const event = (id: number, more: string): string =>
  `{"id":"evt_${id}","object":"event","type":"customer.updated","created":1,"livemode":false,` +
  `"data":{"object":{"object":"customer","id":"cus_1","metadata":${more}}}}`;

export function* worstEvents(secret: string, seconds: number): Generator<WorstRequest> {
  const path = '/webhooks/stripe';
  const ask = (name: string, body: string, signature: string): WorstRequest => ({
    name: `POST ${path}: ${name}`,
    path,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature },
    body,
    open: true,
  });
  for (const [at, [name, text]] of texts(LARGEST_EVENT).entries()) {
    const body = event(at, text);
    yield ask(`256 KB of ${name}, signed`, body, signatureHeader(body, [secret], seconds));
    yield ask(`256 KB of ${name}`, body, `t=${seconds},v1=${'0'.repeat(64)}`);
  }
  yield ask('a signature of many', '{}', `t=${seconds}${many(LARGEST_HEADER, ',v1=0')}`);
  yield ask('a signature of times', '{}', many(LARGEST_HEADER, 't=,'));
  yield ask('a signature of digits', '{}', `t=${many(LARGEST_HEADER, '1')}`);
}

const customer = (id: number, more: object): string =>
  `${JSON.stringify({
    ...{ type: 'customer', id: `org_worst_${id}`, name: 'Worst', email: 'worst@customer.test' },
    ...{ createdAt: '2026-01-01T00:00:00Z', ...more },
  })}\n`;

export function* worstDeliveries(token: string): Generator<WorstRequest> {
  const ask = (name: string, body: string | Buffer): WorstRequest => ({
    name: `POST /ingest: ${name}`,
    path: '/ingest',
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body,
    open: true,
  });
  const size = LARGEST_INGEST;
  for (const [name, text] of texts(size)) yield ask(`1 MB of ${name}`, text);
  const lines = (line: (at: number) => string): string => {
    const parts: string[] = [];
    for (let length = 0, at = 0; ; at += 1) {
      const next = line(at);
      length += Buffer.byteLength(next);
      if (length > size) return parts.join('');
      parts.push(next);
    }
  };
  yield ask(
    '1 MB of lines',
    lines((at) => customer(at, {})),
  );
  yield ask('1 MB of empty lines', '\n'.repeat(size));
  yield ask('1 MB of lines that are no JSON', '{\n'.repeat(size / 2));
  yield ask('1 MB that is no text', Buffer.alloc(size, 0xff));
  yield ask('1 MB of bytes and lines', Buffer.from('\u00ff\n'.repeat(size / 2), 'latin1'));
  yield ask('one name of 1 MB', customer(0, { name: 'x'.repeat(size - 1_000) }));
  yield ask(
    'names that unfold',
    lines((at) => customer(at, { name: '\ufdfa'.repeat(3_000) })),
  );
  yield ask(
    'names with accents',
    lines((at) => customer(at, { name: `a${'\u0301'.repeat(4_000)}` })),
  );
  yield ask(
    'one account with all of it',
    lines(
      (at) =>
        `${JSON.stringify({
          ...{ type: 'ledgerEntry', id: `le_worst_${at}`, customerId: 'org_worst', kind: 'usage' },
          ...{ credits: -1, occurredAt: new Date(1_767_225_600_000 + at).toISOString() },
        })}\n`,
    ),
  );
}
