import { describe, expect, it } from 'vitest';
import { HOUR, toIso } from '#app/lib/instant.ts';
import { assignFlag, dismissFlag, snoozeFlag } from '#app/services/flags/decide-flag.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { historyOfFlag } from '#db/queries/flags/flags.ts';
import { insertStaff } from '#db/queries/access/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { flagEvent } from '#db/schema/flag.ts';
import { T, entry, invoiced, paid } from '#tests/factories/records.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';
import type { SweepWorld } from '#tests/support/sweep-world.ts';

/** `org_1` has a high flag (no credits), `org_2` a low one (no invoice). */
const world = async (): Promise<SweepWorld> => {
  const made = await sweepWorld();
  made.at(T + 3 * HOUR);
  await made.put(
    entry({ id: 'le_0', kind: 'adjustment', credits: 100, occurredAt: T - HOUR }),
    invoiced({ id: 'in_1', paymentIds: ['ch_1'] }),
    paid({ id: 'ch_1' }),
    paid({ id: 'ch_2', customerId: 'org_2', purpose: 'other', credits: null }),
  );
  await sweepAccounts(made, { customers: 'dirty' });
  await made.store.write(async (tx) => {
    for (const role of ['agent', 'auditor'] as const) {
      const name = `Name of ${role}`;
      const row = { id: `stf_${role}`, email: `${role}@demo.test`, name, role, createdAt: T };
      await insertStaff(tx, row);
    }
  });
  return made;
};
const seen = async (made: SweepWorld, customerId: string) => {
  const { id, version } = await made.flag(customerId);
  return { flagId: id, version };
};
const auditOf = ({ store }: SweepWorld) => store.read.select().from(auditEvent);
const reason = 'A test account.';

describe('decisions on flags', () => {
  it('are kept with who, when, why and for which ticket, in history and audit log', async () => {
    const made = await world();
    const flag = await seen(made, 'org_2');
    const app = { ...made.as('agent'), requestId: 'req_1' };
    expect(await dismissFlag(app, { ...flag, reason: `  ${reason} ` })).toMatchObject({
      ok: true,
      flag: { state: 'dismissed', reason, version: flag.version + 1 },
    });
    const [, event] = await historyOfFlag(made.store.read, flag.flagId);
    expect(event).toMatchObject({
      kind: 'dismissed',
      at: T + 3 * HOUR,
      actorId: 'stf_agent',
      actorName: 'Name of agent',
      reason,
      ticket: 'ZD-123',
    });
    expect(await auditOf(made)).toMatchObject([
      {
        kind: 'flag.dismissed',
        actorId: 'stf_agent',
        customerId: 'org_2',
        subject: `flag:${flag.flagId}`,
        ticket: 'ZD-123',
        requestId: 'req_1',
        detail: { rule: 'missing-invoice', about: 'payment:ch_2', reason },
      },
    ]);
  });

  it('that are refused leave no trace', async () => {
    const made = await world();
    const [high, low] = [await seen(made, 'org_1'), await seen(made, 'org_2')];
    const [lead, agent] = [made.as('lead'), made.as('agent')];
    const until = T + 2 * HOUR;
    const answers = [
      await dismissFlag(agent, { ...high, reason }),
      await dismissFlag(made.as('auditor'), { ...low, reason }),
      await dismissFlag(lead, { ...high, reason: ' ' }),
      await dismissFlag(lead, { ...high, version: 9, reason }),
      await dismissFlag(lead, { flagId: 'flg_no', version: 1, reason }),
      await snoozeFlag(lead, { ...high, until, reason }),
      await snoozeFlag(lead, { ...high, until: Number.NaN, reason }),
      await assignFlag(agent, { ...high, assigneeId: 'stf_agent' }),
      await assignFlag(lead, { ...high, assigneeId: 'stf_auditor' }),
      await assignFlag(lead, { ...high, assigneeId: 'stf_no' }),
    ];
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.refused))).toEqual([
      'not_yours',
      'not_yours',
      'bad_reason',
      'changed_meanwhile',
      'not_found',
      'bad_until',
      'bad_until',
      'not_yours',
      'bad_assignee',
      'bad_assignee',
    ]);
    expect(await auditOf(made)).toEqual([]);
    expect(await made.store.read.select().from(flagEvent)).toHaveLength(2);
    expect(await made.flag('org_1')).toMatchObject({ state: 'open', version: 1 });
  });

  it('of two people who saw the same flag only one counts', async () => {
    const made = await world();
    const flag = await seen(made, 'org_2');
    const answers = await Promise.all(
      (['agent', 'lead', 'finance'] as const).map((role) =>
        dismissFlag(made.as(role), { ...flag, reason }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await auditOf(made)).toHaveLength(1);
  });

  it('assign and give back, and the assignment outlives a snooze', async () => {
    const made = await world();
    const lead = made.as('lead');
    await assignFlag(lead, { ...(await seen(made, 'org_1')), assigneeId: 'stf_agent' });
    const until = T + 4 * HOUR;
    await snoozeFlag(lead, { ...(await seen(made, 'org_1')), until, reason });
    expect(await made.flag()).toMatchObject({ assigneeId: 'stf_agent', state: 'snoozed' });
    made.at(until);
    await sweepAccounts(made, { customers: ['org_1'] });
    expect(await made.flag()).toMatchObject({ assigneeId: 'stf_agent', state: 'open' });
    await assignFlag(lead, { ...(await seen(made, 'org_1')), assigneeId: null });
    expect(await made.flag()).toMatchObject({ assigneeId: null });
    expect(await made.history()).toEqual([
      'opened',
      'assigned',
      'snoozed',
      'snooze_ended',
      'assigned',
    ]);
    const events = await historyOfFlag(made.store.read, (await made.flag()).id);
    expect(events.map(({ detail }) => detail)).toMatchObject(
      [{}, { assigneeId: 'stf_agent' }, { until: toIso(until) }, {}, { assigneeId: null }].map(
        (detail) => (Object.keys(detail).length > 0 ? detail : null),
      ),
    );
  });
});
