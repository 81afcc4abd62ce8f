import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Discrepancies } from '#app/services/reconciliation/load-discrepancies.ts';
import { newFormKey } from '#app/pages/shared/form-key.ts';
import { ingestBook } from '#app/services/import/ingest-book.ts';
import { decidingConsole, factsOf } from '#tests/support/consoles/deciding-console.ts';
import type { DecidingConsole } from '#tests/support/consoles/deciding-console.ts';
import { openLine } from '#tests/support/consoles/open-line.ts';
import type { OpenLine } from '#tests/support/consoles/open-line.ts';

let desk: DecidingConsole;
beforeAll(async () => {
  desk = await decidingConsole();
}, 60_000);
afterAll(() => desk?.close());

const SOON = { timeout: 20_000, interval: 50 };
const opened: OpenLine[] = [];
const listen = async (path: string, name: string): Promise<OpenLine> => {
  const line = await openLine(desk.site.address, path, await desk.cookieOf(name));
  opened.push(line);
  return line;
};
afterAll(() => {
  for (const { line } of opened) line.destroy();
});

describe('every open page', () => {
  it('is told of a request within a second, and the customer’s page as the customer’s', async () => {
    const request = await desk.askFor(1);
    // Long after it was asked: what comes now is news, not what the page was made with.
    desk.site.forward(60_000);
    const queue = await listen('/events', 'finance');
    const own = await listen('/events?customer=org_1', 'agent');
    const other = await listen('/events?customer=org_2', 'agent2');
    await desk.askFor(3);
    await queue.told(/event: requests/);
    await other.told(/event: requests/);
    expect(own.textSoFar()).not.toContain('event: customer');
    const form = { verdict: 'reject', hash: request.contentHash, reason: 'No.' };
    const begun = performance.now();
    expect((await desk.post(request, 'decision', form, 'finance')).status).toBe(200);
    await own.told(/event: customer/);
    // A look a second; the rest is this machine's.
    expect(performance.now() - begun).toBeLessThan(3_000);
    await own.told(/event: requests/);
    expect(other.textSoFar()).not.toContain('event: customer');
  });
});

describe('what differs from Stripe', () => {
  const read = async (name = 'auditor'): Promise<Discrepancies> =>
    factsOf(
      await desk.get('/requests/drift?_data=pages%2Freconciliation%2Freconciliation.page', name),
    );
  const compare = async (name: string) =>
    desk.site.post(
      '/requests/drift/compare',
      { key: newFormKey() },
      { Cookie: await desk.cookieOf(name) },
    );
  const compared = async (): Promise<Discrepancies> => {
    const page = await read();
    expect(page.latest?.endedAt).not.toBeNull();
    return page;
  };

  it('is found when finance has it compared, kept until it is gone, and never repaired', async () => {
    // Nights have gone by since the console was started: it has compared by itself.
    const nightly = await vi.waitFor(compared, SOON);
    expect(nightly).toMatchObject({ rows: [], latest: { askedBy: null, found: 0 } });
    desk.site.forward(1_000);
    await desk.refundInDashboard('ch_5', 1_500);
    const page = await listen('/events', 'finance');
    expect((await compare('finance')).status).toBe(200);
    const found = await vi.waitFor(compared, SOON);
    await page.told(/event: requests/);
    const [refund] = desk.refundsOf('ch_5');
    expect(found.rows).toMatchObject([
      { kind: 'only_at_stripe', chargeId: 'ch_5', customerId: 'org_5', refundId: refund?.id },
    ]);
    expect(found.latest).toMatchObject({ refunds: 1, charges: 12, askedByName: 'Finley Finance' });
    const known = found.rows[0]?.firstSeenAt;

    desk.site.forward(1_000);
    expect((await compare('lead')).status).toBe(200);
    const again = await vi.waitFor(async () => {
      const now = await compared();
      expect(now.latest?.askedByName).toBe('Lee Lead');
      return now;
    }, SOON);
    expect(again.rows).toMatchObject([{ firstSeenAt: known, lastSeenAt: desk.site.now() }]);

    const record = {
      ...{ type: 'refund', id: refund?.id, customerId: 'org_5', paymentId: 'ch_5', amount: 1_500 },
      ...{ currency: 'usd', status: refund?.status },
      createdAt: new Date(desk.site.now()).toISOString(),
    };
    await ingestBook(await desk.staff.as('agent'), null, Buffer.from(JSON.stringify(record)));
    desk.site.forward(1_000);
    await compare('finance');
    await vi.waitFor(async () => expect((await compared()).rows).toEqual([]), SOON);
  });

  it('is nobody’s to compare who may not, and agents do not see it', async () => {
    for (const name of ['agent', 'admin']) {
      expect((await desk.get('/requests/drift', name)).status).toBe(403);
      expect((await desk.get('/requests', name)).text).not.toContain('/requests/drift');
    }
    expect((await compare('auditor')).status).toBe(403);
    expect((await read()).whyNot).toBe('Only finance or a lead can start a reconciliation.');
    expect((await desk.get('/requests/drift', 'auditor')).text).toContain('No discrepancies');
  });
});
