import type { Asking } from '#tests/support/consoles/http-client.ts';
import { EXPECTED } from '#tests/pages/expected-access.ts';
import { FORM } from '#tests/support/consoles/test-console.ts';

/** A request of permitted size that costs as much as its size allows. */
export interface WorstRequest extends Asking {
  /** `POST /search: 64 KB of fields`. */
  name: string;
  path: string;
  /** Without a session. */
  open?: boolean;
}

const LARGEST_FORM = 64 * 1024;
/** Headers have 16 KB together; the rest stays for what every request sends. */
const LARGEST_QUERY = 15_000;
const LARGEST_COOKIE = 15_500;

const NAMES =
  `asOf rule severity state cursor after assignee region older newer around from to ref customer q ticket
  person kind for index choose order version reason until decision flag email password theme back evidence
  amount loan intent hash`.split(/\s+/);

const filled = (size: number, text: string): string =>
  text.repeat(Math.ceil(size / text.length)).slice(0, size);
const numbered = (size: number, field: (at: number) => string): string => {
  const parts: string[] = [];
  for (let length = 0, at = 0; length < size; at += 1) {
    const part = field(at);
    parts.push(part);
    length += part.length + 1;
  }
  return parts.join('&').slice(0, size);
};

/** Texts that patterns may go over again and again. */
const TEXTS: readonly [string, string][] = [
  ['one long word', 'a'],
  ['digits', '4242 '],
  ['digits in one piece', '4'],
  ['days and filler words', '3 of may '],
  ['spaces', '+'],
  ['quotes', '%22'],
  ['escapes', '%41'],
  ['broken escapes', '%'],
  ['letters of several parts', '%F0%9F%91%A9%E2%80%8D'],
  ['ligatures that unfold', '%EF%B7%BA'],
  ['accents on one letter', '%CC%81'],
  ['commas and points', '1,234.56,'],
  ['open brackets', '%5B'],
  ['at signs', 'a@'],
  ['dashes and colons', '1-2:3-'],
];

const queries = (): [string, string][] => [
  ['separators', filled(LARGEST_QUERY, '&')],
  ['equals signs', filled(LARGEST_QUERY, '=')],
  ...TEXTS.map(([name, text]): [string, string] => [
    `${name} in each of ${NAMES.length} parameters`,
    NAMES.map((field) => `${field}=${filled(LARGEST_QUERY / NAMES.length - 20, text)}`).join('&'),
  ]),
];

const forms = (): [string, string][] => [
  ['64 KB of fields', numbered(LARGEST_FORM, (at) => `f${at.toString(36)}=`)],
  ['64 KB of one name', numbered(LARGEST_FORM, () => 'q=')],
  ['64 KB of separators', filled(LARGEST_FORM, '&')],
  ['a hundred fields', numbered(LARGEST_FORM, (at) => `f${at}=${'x'.repeat(680)}`)],
  ...TEXTS.map(([name, text]): [string, string] => [
    `64 KB of ${name}`,
    NAMES.map((field) => `${field}=${filled(LARGEST_FORM / NAMES.length - 20, text)}`).join('&'),
  ]),
];

/** What a page takes in its form, each field full of such a text. */
const SEARCHED: readonly [string, string][] = [
  ...TEXTS,
  ['amounts, days and digits', '49.00+3+may+4242+5+june+12:30+'],
  ['many readings', '1+2+3+4+5+6+7+8+9+10+'],
  ['readings between filler words', '1+may+2+on+3+of+4+may+5+at+6+mon+'],
  ['parts of the name that all customers have', 'customer+'],
];

const post = (body: string): Asking => ({
  method: 'POST',
  headers: { 'Content-Type': FORM },
  body,
});

/** Every address of the map with the queries and forms above. */
export function* worstOfPages(customerId: string): Generator<WorstRequest> {
  for (const { path: pattern, get, post: posted } of EXPECTED) {
    const path = `/${pattern.replace('*', 'nowhere').replaceAll(':id', customerId)}`;
    const headOnly = pattern === 'events';
    if (pattern === 'sign-out') continue;
    if (get[0] !== 405)
      for (const [name, query] of queries())
        yield { name: `GET ${path}: ${name}`, path: `${path}?${query}`, headOnly };
    if (posted[0] === 405) continue;
    for (const [name, body] of forms())
      yield { name: `POST ${path}: ${name}`, path, ...post(body) };
  }
}

export function* worstSearches(): Generator<WorstRequest> {
  for (const path of ['/search', '/search/suggestions'])
    for (const [name, text] of SEARCHED)
      for (const size of [500, LARGEST_FORM - 2])
        yield {
          name: `POST ${path}: ${size} letters of ${name}`,
          path,
          ...post(`q=${filled(size, text)}`),
        };
}

/** Tries to sign in, by nobody. */
export function* worstSignIns(): Generator<WorstRequest> {
  const full = `email=${filled(320, 'a%40')}&password=${filled(1_024, 'x')}`;
  for (const [name, body] of [...forms(), ['the longest address and password', full] as const])
    yield { name: `POST /sign-in by nobody: ${name}`, path: '/sign-in', ...post(body), open: true };
}

/** Addresses and headers, where nobody is signed in and where somebody is. */
export function* worstOfAll(): Generator<WorstRequest> {
  const paths: [string, string][] = [
    ['slashes', `/customers/${filled(15_000, '/')}x`],
    ['slashes within what is taken', `/customers/${filled(4_000, '/')}x`],
    ['pairs of slashes', `/customers/${filled(4_000, '//x')}`],
    ['parts', filled(4_000, '/a')],
    ['escapes', `/customers/${filled(4_000, '%2f')}`],
    ['points', filled(4_000, '/..')],
  ];
  const headers: [string, Record<string, string>][] = [
    ['a cookie of separators', { Cookie: filled(LARGEST_COOKIE, ';') }],
    ['a cookie of names', { Cookie: filled(LARGEST_COOKIE, 'sid=x;') }],
    ['an accept header of commas', { Accept: filled(LARGEST_COOKIE, ',') }],
    ['encodings', { 'Accept-Encoding': filled(LARGEST_COOKIE, 'br,') }],
    ['a bearer of spaces', { Authorization: `Bearer ${filled(LARGEST_COOKIE, ' x')}` }],
    [
      'a thousand headers',
      Object.fromEntries(
        numbered(14_000, (at) => `x-${at}`)
          .split('&')
          .map((name) => [name, 'a']),
      ),
    ],
  ];
  for (const open of [true, false]) {
    for (const [name, path] of paths) yield { name: `GET: path of ${name}`, path, open };
    for (const path of [
      '/sign-in',
      '/healthz',
      '/readyz',
      '/metrics',
      '/assets/none.js',
      '/favicon.ico',
    ])
      for (const [name, sent] of headers)
        yield { name: `GET ${path}: ${name}`, path, headers: sent, open };
  }
}
