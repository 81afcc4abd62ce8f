import { expect, test } from 'vitest';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { auditEvent, auditSubject } from '#db/schema/audit.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

test('the first words about a customer, all at once, stand under one token', async () => {
  const store = await freshStore();
  const say = (id: number) =>
    store.write((tx) =>
      appendAudit(tx, { id: `aud_${id}`, at: id, kind: 'customer.viewed', customerId: 'org_1' }),
    );
  await Promise.all(Array.from({ length: 12 }, (_, id) => say(id)));
  const [subject, ...others] = await store.read.select().from(auditSubject);
  expect(others).toEqual([]);
  const rows = await store.read.select().from(auditEvent);
  expect(rows.map(({ token }) => token)).toEqual(Array(12).fill(subject?.token));
});
