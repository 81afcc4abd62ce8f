import { onTestFinished } from 'vitest';
import { createMailer } from '#app/integrations/mail/create-mailer.ts';
import { deliverMail } from '#app/services/mail/delivery/deliver-mail.ts';
import { mailsOfRequest } from '#db/queries/operations/mail.ts';
import { assertNotWriting } from '#db/store.ts';
import { startMail } from '#scripts/sandbox/mail/start-mail.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { moneyDoors, openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';

/**
 * A refund of $49.00 that was made, under this word of Stripe, and of which the customer has not been told
 * yet; and a mail server.
 */
export const untold = async (status = 'succeeded') => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  const server = await startMail();
  const mail = createMailer({
    ...{ smtpUrl: server.url, from: 'support@example.test', beforeCall: assertNotWriting },
    timeout: 2_000,
  });
  onTestFinished(async () => {
    mail.close();
    await server.close();
    await world.close();
  });
  await world.charge('ch_1');
  world.sandbox.world.fates.set('ch_1', { status, later: null });
  const { requestId } = await approvedRefund(world, { paymentId: 'ch_1' });
  await processAll(world, requestId);
  const rows = () => mailsOfRequest(world.store.read, requestId);
  const { now, productUrl, sandbox } = world;
  // Whoever looks for long may not be cut off: here nothing is away.
  const doors = moneyDoors({ now, productUrl, stripeUrl: sandbox.url, timeout: 10_000 });
  const deliver = (owner = 'a', by = world, door = mail) =>
    deliverMail({ ...by, ...doors, owner, mail: door });
  return { world, server, rows, requestId, deliver };
};
