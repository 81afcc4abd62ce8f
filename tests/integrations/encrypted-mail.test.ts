import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HOUR } from '#app/lib/instant.ts';
import { createMailer } from '#app/integrations/mail/create-mailer.ts';
import type { Mailer } from '#app/integrations/mail/create-mailer.ts';
import { ownCertificate } from '#tests/support/own-certificate.ts';
import { untold } from '#tests/support/unreported-refund.ts';

/** An address that others can reach this machine at; where it has none, one that only looks like it. */
const BEYOND =
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.2';

const CERTIFICATE = ownCertificate(BEYOND);
const PLAIN: SMTPServerOptions = { disabledCommands: ['STARTTLS'] };

/** A real mail server that notes what it is told, from the connection on. */
const mailServer = async (options: SMTPServerOptions = {}) => {
  const heard: string[] = [];
  const server = new SMTPServer({
    ...CERTIFICATE,
    ...options,
    authOptional: true,
    allowInsecureAuth: true,
    onConnect: (_session, done) => {
      heard.push('CONNECT');
      done();
    },
    onAuth: ({ username, password }, { secure }, done) => {
      heard.push(`AUTH ${username} ${password} ${secure ? 'encrypted' : 'plain'}`);
      done(null, { user: username });
    },
    onMailFrom: ({ address }, _session, done) => {
      heard.push(`MAIL ${address}`);
      done();
    },
    onData: (stream, { secure }, done) => {
      heard.push(secure ? 'DATA encrypted' : 'DATA plain');
      stream.resume().on('end', () => done());
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '0.0.0.0', listening));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  const urlAt = (host: string, scheme = 'smtp') => `${scheme}://desk:pass@${host}:${port}`;
  return { heard, urlAt };
};

const doorTo = (smtpUrl: string): Mailer => {
  const door = createMailer({ smtpUrl, from: 'support@example.test', beforeCall: () => undefined });
  onTestFinished(door.close);
  return door;
};
const sendTo = (smtpUrl: string) =>
  doorTo(smtpUrl).send({ id: 'mail_1', to: 'a@example.test', subject: 'Refund', body: 'Text.' });

/** Sends from a process that trusts whoever has signed the certificate. */
const sendTrusting = async (smtpUrl: string): Promise<unknown> => {
  const file = join(mkdtempSync(join(tmpdir(), 'redress-ca-')), 'own.pem');
  writeFileSync(file, CERTIFICATE.cert);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'tests/support/children/mail-child.ts', smtpUrl],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: file } },
  );
  return JSON.parse(stdout);
};

describe('mail to a server beyond this machine', () => {
  it('does not leave, nor does the password, where the server offers no encryption', async () => {
    const { heard, urlAt } = await mailServer(PLAIN);
    expect(await sendTo(urlAt(BEYOND))).toMatchObject({
      kind: 'unsent',
      words: expect.stringMatching(/^The mail server offers no encryption/) as unknown,
    });
    expect(heard).toEqual(['CONNECT']);
  });

  it.each([
    ['smtp', {}],
    ['smtps', { secure: true }],
  ])('does not leave by %s to a server that nobody vouches for', async (scheme, options) => {
    const { heard, urlAt } = await mailServer(options);
    expect(await sendTo(urlAt(BEYOND, scheme))).toMatchObject({
      kind: 'unsent',
      words: expect.stringMatching(/^The certificate of the mail server is not valid/) as unknown,
    });
    expect(heard.filter((each) => each !== 'CONNECT')).toEqual([]);
  });

  it.each([
    ['smtp', {}],
    ['smtps', { secure: true }],
  ])('leaves encrypted by %s where this process trusts it', async (scheme, options) => {
    const { heard, urlAt } = await mailServer(options);
    expect(await sendTrusting(urlAt(BEYOND, scheme))).toEqual({ kind: 'sent' });
    expect(heard).toEqual([
      ...['CONNECT', 'AUTH desk pass encrypted', 'MAIL support@example.test', 'DATA encrypted'],
    ]);
  });

  it('has not left where the two speak no common protocol', async () => {
    const { heard, urlAt } = await mailServer(PLAIN);
    expect(await sendTo(urlAt(BEYOND, 'smtps'))).toMatchObject({
      kind: 'unsent',
      words: expect.stringMatching(/^No encrypted connection/) as unknown,
    });
    expect(heard.filter((each) => each !== 'CONNECT')).toEqual([]);
  });

  it('waits with the reason, and leaves once the server is another', async () => {
    const { heard, urlAt } = await mailServer(PLAIN);
    const { world, server, deliver, rows } = await untold();
    expect(await deliver('a', world, doorTo(urlAt(BEYOND)))).toBe(0);
    expect(heard).toEqual(['CONNECT']);
    expect(await rows()).toMatchObject([
      {
        ...{ sentAt: null, closedAt: null, heldAt: null, leftAt: null },
        error: expect.stringContaining('offers no encryption') as unknown,
      },
    ]);
    world.advance(HOUR);
    expect(await deliver()).toBe(1);
    expect(server.delivered).toHaveLength(1);
  });
});

it.each([
  ['without encryption', PLAIN],
  ['with a certificate that nobody vouches for', {}],
])('mail leaves in plain text to this machine’s own server %s', async (_name, options) => {
  const { heard, urlAt } = await mailServer(options);
  expect(await sendTo(urlAt('127.0.0.1'))).toEqual({ kind: 'sent' });
  expect(heard).toEqual([
    ...['CONNECT', 'AUTH desk pass plain', 'MAIL support@example.test', 'DATA plain'],
  ]);
});
