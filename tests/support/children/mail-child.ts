import { createMailer } from '#app/integrations/mail/create-mailer.ts';

/* Sends one mail through the server of its argument and prints the outcome, so that a test can set what
 * a process reads only as it starts: whose certificates it trusts. */
const door = createMailer({
  ...{ smtpUrl: process.argv[2] ?? '', from: 'support@example.test' },
  beforeCall: () => undefined,
});
const mail = { id: 'mail_1', to: 'a@example.test', subject: 'Your refund', body: 'Text.' };
console.log(JSON.stringify(await door.send(mail)));
door.close();
