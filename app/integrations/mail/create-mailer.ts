import { createTransport } from 'nodemailer';
import { leadsToLoopback } from '#app/lib/loopback.ts';
import { addressProblem } from '#app/domain/mail/address.ts';

export interface MailOptions {
  /**
   * `smtp://…` or `smtps://…`, with name and password if the server asks for them. A server that is not on
   * this machine gets neither them nor a mail before the line is encrypted, under a certificate that this
   * process trusts. By `smtp://` the line to this machine's own server stays plain: nobody else can listen,
   * and what it shows is seldom a valid certificate.
   */
  smtpUrl: string;
  /** The address mail comes from. */
  from: string;
  /** Called before each sending, to throw where none may be made: within a write. */
  beforeCall: (what: string) => void;
  /** Milliseconds until a server counts as away. */
  timeout?: number;
}

/** A mail as it leaves. Plain text only. */
interface OutgoingMail {
  /** Of the mail's row: a repeated sending is recognised as the same mail by it. */
  id: string;
  to: string;
  subject: string;
  body: string;
}

type MailOutcome =
  | { kind: 'sent' }
  /** The server has said that it does not take this mail: repeating it as it is changes nothing. */
  | { kind: 'refused'; words: string }
  /** It has not gone: the server was away, or takes it later. */
  | { kind: 'unsent'; words: string }
  /** It may have gone: the server has not answered. */
  | { kind: 'unknown'; words: string };

export interface Mailer {
  send: (mail: OutgoingMail) => Promise<MailOutcome>;
  close: () => void;
}

const TIMEOUT_MS = 20_000;

/** One line, so that nothing a record says can become a header. */
const oneLine = (text: string): string => text.replace(/[\p{C}\u2028\u2029]+/gu, ' ').trim();

/** What a server says of us and not of the mail: it wants a name, a password or an encrypted line. */
const ABOUT_US = [530, 534, 535, 538];

/** The handshake has failed over the certificate: the client says so in words only. */
const ABOUT_THE_CERTIFICATE = /certificate|self-signed|altnames/i;

/** The handshake has failed over the protocol, such as where the server speaks in plain text. */
const ABOUT_THE_PROTOCOL =
  /wrong version|protocol version|handshake failure|unsupported|no shared/i;

/** Why the line could not be encrypted, so that nothing was said on it; null: it is not about that. */
const unencrypted = (error: Record<string, unknown>, words: string): string | null => {
  const { responseCode, code, command, reason } = error;
  if (typeof responseCode !== 'number' && ABOUT_THE_CERTIFICATE.test(words))
    return `The certificate of the mail server is not valid: ${words}`;
  if (typeof reason === 'string' && ABOUT_THE_PROTOCOL.test(reason))
    return `No encrypted connection with the mail server comes about: ${reason}`;
  if (code !== 'ETLS') return null;
  return command === 'STARTTLS'
    ? `The mail server offers no encryption, without which no mail leaves this machine: ${words}`
    : words;
};

/** Said before a mail is named: nothing can have gone. */
const BEFORE_MAIL = /^(EHLO|HELO|LHLO|STARTTLS|AUTH)\b/;

/** What an error of the client means for the mail. */
const outcomeOf = (error: unknown): MailOutcome => {
  const words = error instanceof Error ? error.message : 'unknown reason';
  const facts = error as Record<string, unknown>;
  const { responseCode, syscall, command } = facts;
  const whyUnencrypted = unencrypted(facts, words);
  if (whyUnencrypted !== null) return { kind: 'unsent', words: whyUnencrypted };
  const isBefore = typeof command === 'string' && BEFORE_MAIL.test(command);
  const isAway = syscall === 'connect' || syscall === 'getaddrinfo';
  if (isBefore || isAway) return { kind: 'unsent', words };
  if (typeof responseCode !== 'number') return { kind: 'unknown', words };
  const isRefused = responseCode >= 500 && !ABOUT_US.includes(responseCode);
  return { kind: isRefused ? 'refused' : 'unsent', words };
};

/** Opens mail for the services. `send` throws nothing for what the server does. */
export const createMailer = ({ smtpUrl, from, beforeCall, timeout }: MailOptions): Mailer => {
  const limit = timeout ?? TIMEOUT_MS;
  const isHere = leadsToLoopback(smtpUrl);
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: limit,
    greetingTimeout: limit,
    socketTimeout: limit,
    requireTLS: !isHere,
    ignoreTLS: isHere,
    // Texts are ours; nothing is ever read from a file or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.split('@').at(-1) ?? 'localhost';
  return {
    send: async ({ id, to, subject, body }) => {
      beforeCall('sending mail');
      const wrong = addressProblem(to);
      if (wrong !== null) return { kind: 'refused', words: wrong };
      try {
        await transport.sendMail({
          from: { name: '', address: from },
          // As an object: an address is never read as a list of several.
          to: { name: '', address: to },
          subject: oneLine(subject),
          text: body,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
};
