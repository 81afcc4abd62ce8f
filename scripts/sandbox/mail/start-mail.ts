import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Instant } from '#app/lib/instant.ts';
import { openLines } from '#scripts/sandbox/lines.ts';

/** A mail that was delivered, as it arrived. */
export interface Delivered {
  at: Instant;
  from: string;
  to: string[];
  /** Headers by lower-case name, encoded words decoded. */
  headers: Record<string, string>;
  text: string;
}

export interface RunningMail {
  /** `smtp://127.0.0.1:2525`. */
  url: string;
  /** Oldest first. */
  delivered: Delivered[];
  /** How many of the next mails are refused or cut off, and how. */
  faults: ('refuse' | 'try_later' | 'cut_after')[];
  close: () => Promise<void>;
}

export interface MailOptions {
  /** 0: any free port. */
  port?: number;
  now?: () => Instant;
  /** Where mails are kept, so that they are there again after a restart. */
  journal?: string;
}

/** Mails kept; older ones are let go. */
const MOST = 500;
const LARGEST = 256 * 1024;

const decodeWord = (_whole: string, _charset: string, kind: string, text: string): string =>
  kind.toUpperCase() === 'B'
    ? Buffer.from(text, 'base64').toString()
    : decodeQuoted(text.replaceAll('_', ' '));

const decodeQuoted = (text: string): string =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString();

/** Splits what arrived into headers and text; single-part mail only, which is all the console sends. */
const readMessage = (raw: string): Pick<Delivered, 'headers' | 'text'> => {
  const cut = raw.search(/\r?\n\r?\n/);
  const head = raw.slice(0, cut).replace(/\r?\n[ \t]+/g, ' ');
  const body = raw.slice(cut).replace(/^\r?\n\r?\n/, '');
  const headers: Record<string, string> = {};
  for (const line of head.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    headers[name.toLowerCase()] = value
      .replace(/\?=\s+=\?/g, '?==?')
      .replace(/=\?([^?]+)\?([BQ])\?([^?]*)\?=/gi, decodeWord);
  }
  const encoding = headers['content-transfer-encoding']?.toLowerCase();
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : encoding === 'quoted-printable'
        ? decodeQuoted(body)
        : body;
  return { headers, text: text.replaceAll('\r\n', '\n') };
};

const failure = (code: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode: code });

const readAll = async (stream: SMTPServerDataStream): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
};

/** Starts a local mail server on 127.0.0.1 that keeps what it is given and sends nothing on. */
export const startMail = async (options: MailOptions = {}): Promise<RunningMail> => {
  const { port = 0, now = Date.now, journal } = options;
  const delivered: Delivered[] = [];
  const lines = journal === undefined ? null : openLines<Delivered>(journal);
  lines?.replay((mail) => delivered.push(mail));
  delivered.splice(0, delivered.length - MOST);
  const faults: RunningMail['faults'] = [];
  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const raw = await readAll(stream);
    const fault = faults.shift();
    if (fault === 'refuse') throw failure(550, 'no such mailbox');
    if (fault === 'try_later') throw failure(451, 'try again later');
    const { mailFrom, rcptTo } = session.envelope;
    const from = mailFrom === false ? '' : mailFrom.address;
    const to = rcptTo.map(({ address }) => address);
    const mail = { at: now(), from, to, ...readMessage(raw) };
    delivered.push(mail);
    lines?.append(mail);
    delivered.splice(0, delivered.length - MOST);
    // Taken, and the answer never comes.
    if (fault === 'cut_after') await new Promise(() => undefined);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: LARGEST,
    onData: (stream, session, done) => {
      take(stream, session).then(() => done(), done);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A client that goes away in the middle is no reason to end.
  server.on('error', () => undefined);
  // A TCP server that listens has an address of this form.
  const { port: taken } = server.server.address() as AddressInfo;
  return {
    ...{ url: `smtp://127.0.0.1:${taken}`, delivered, faults },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          lines?.close();
          resolve();
        });
      }),
  };
};
