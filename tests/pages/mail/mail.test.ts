import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailer } from '#app/integrations/mail/create-mailer.ts';
import { hashPassword } from '#app/services/access/passwords.ts';
import { insertStaff } from '#db/queries/access/staff.ts';
import { startMailPage } from '#scripts/sandbox/mail/start-mail-page.ts';
import { startMail } from '#scripts/sandbox/mail/start-mail.ts';
import type { RunningMail } from '#scripts/sandbox/mail/start-mail.ts';
import { startTestConsole } from '#tests/support/consoles/test-console.ts';
import type { TestConsole } from '#tests/support/consoles/test-console.ts';

const at = Date.parse('2026-05-03T08:59:00Z');
let mail: RunningMail;
let page: { url: string; close: () => Promise<void> };
let site: TestConsole;
let cookie: string;

beforeAll(async () => {
  mail = await startMail({ now: () => at });
  page = await startMailPage(mail.delivered);
  site = await startTestConsole({ DEMO_MAIL_URL: page.url });
  cookie = await site.signIn('agent@demo.test');
});
afterAll(async () => {
  await site?.close();
  await page?.close();
  await mail?.close();
});

const see = async (from: TestConsole = site, as = cookie) => {
  const { status, text } = await from.ask('/mail', { headers: { Cookie: as } });
  return { status, text };
};
const send = async (id: string, subject: string, body: string) => {
  const door = createMailer({ smtpUrl: mail.url, from: 'support@demo.test', beforeCall: () => {} });
  await door.send({ id, to: `${id}@customer.example`, subject, body });
  door.close();
};

describe('the mails of the demo', () => {
  it('are none at first, and the page says what would be there', async () => {
    expect((await see()).text).toContain('No mail yet');
  });

  it('can be read, the newest first, as they were written and as nothing but text', async () => {
    await send('first', 'Your refund of €49.00', 'Dear Løvely Studio,\n\nit is on its way.\n');
    await send('second', 'Nothing <b>bold</b>', '<script>alert(1)</script>\n');
    const { status, text } = await see();
    expect(status).toBe(200);
    expect(text).toContain('Your refund of €49.00');
    expect(text).toContain('Dear Løvely Studio,\n\nit is on its way.');
    expect(text).toContain('2026-05-03T08:59:00.000Z');
    expect(text.indexOf('second@customer.example')).toBeLessThan(
      text.indexOf('first@customer.example'),
    );
    expect(text).toContain('Nothing &lt;b&gt;bold&lt;/b&gt;');
    expect(text).not.toContain('<script>alert(1)');
  });
});

it('says that mail goes elsewhere where the demo runs no mail server', async () => {
  const other = await startTestConsole();
  try {
    const { status, text } = await see(other, await other.signIn('auditor@demo.test'));
    expect(status).toBe(200);
    expect(text).toContain('This console sends mail through SMTP_URL');
  } finally {
    await other.close();
  }
});

it('says so where the mail server is away', async () => {
  const other = await startTestConsole({ DEMO_MAIL_URL: 'http://127.0.0.1:9' });
  try {
    const { status, text } = await see(other, await other.signIn('agent@demo.test'));
    expect(status).toBe(200);
    expect(text).toContain('mail server is not running');
  } finally {
    await other.close();
  }
});

it('is no page outside of the demo', async () => {
  const real = await startTestConsole({
    STRIPE_SECRET_KEY: 'rk_test_0000000000',
    SESSION_SECRET: 'a secret results than thirty-two letters',
  });
  try {
    const passwordHash = await hashPassword('correct horse battery staple');
    const row = { id: 'stf_real', email: 'real@company.test', name: 'Real', passwordHash };
    await real.store.write((tx) => insertStaff(tx, { ...row, role: 'lead', createdAt: at }));
    const signedIn = await real.signIn('real@company.test', 'correct horse battery staple');
    expect((await see(real, signedIn)).status).toBe(404);
  } finally {
    await real.close();
  }
});
