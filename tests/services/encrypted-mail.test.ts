import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openMail } from '#app/outside/mail/open-mail.ts';

/** On this machine, and yet under no name that only this machine can answer to. */
const BEYOND = '127.0.0.2';

const mailServer = async (options: SMTPServerOptions) => {
  const heard: string[] = [];
  const server = new SMTPServer({
    ...options,
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username }, _session, done) => {
      heard.push(`AUTH ${username}`);
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
  const sendTo = async (host: string) => {
    const door = openMail({
      ...{ smtpUrl: `smtp://desk:pass-of-the-desk@${host}:${port}`, from: 'support@example.test' },
      beforeCall: () => undefined,
    });
    onTestFinished(door.close);
    return door.send({ id: 'mail_1', to: 'a@example.test', subject: 'Your refund', body: 'Text.' });
  };
  return { heard, sendTo };
};

describe('mail to a server beyond this machine', () => {
  it('does not leave, nor does the password, where the server offers no encryption', async () => {
    const { heard, sendTo } = await mailServer({ disabledCommands: ['STARTTLS'] });
    expect(await sendTo(BEYOND)).toMatchObject({ kind: 'unsent' });
    expect(heard).toEqual([]);
  });

  it('does not leave to a server that nobody vouches for', async () => {
    // smtp-server brings a certificate that it has signed itself.
    const { heard, sendTo } = await mailServer({});
    expect(await sendTo(BEYOND)).toMatchObject({ kind: 'unsent' });
    expect(heard).toEqual([]);
  });

  it('leaves in plain text to this machine’s own', async () => {
    const { heard, sendTo } = await mailServer({ disabledCommands: ['STARTTLS'] });
    expect(await sendTo('127.0.0.1')).toEqual({ kind: 'sent' });
    expect(heard).toEqual(['AUTH desk', 'MAIL support@example.test', 'DATA plain']);
  });
});
