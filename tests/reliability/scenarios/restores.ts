import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import { createMailer } from '#app/integrations/mail/create-mailer.ts';
import { exportHead } from '#app/services/audit/export-head.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import { deliverMail } from '#app/services/mail/delivery/deliver-mail.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { compareRestored } from '#app/services/restore/compare-restored.ts';
import { confirmRestore } from '#app/services/restore/confirm-restore.ts';
import { restoreFile, restoreInPlace } from '#app/services/restore/restore-database.ts';
import { dialectOf } from '#db/dialect/dialect.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { latestRestoration } from '#db/queries/deployment/restorations.ts';
import { pathOf } from '#db/sqlite-connection.ts';
import { assertNotWriting, openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
import { startMail } from '#scripts/sandbox/mail/start-mail.ts';
import { copyPostgres } from '#tests/support/copy-postgres.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { creditsOf, refundOf } from '#tests/reliability/scenarios/restored-drafts.ts';
import { approve, hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';
export const AGES: readonly [string, number][] = [
  ['1 minute', MINUTE],
  ['1 hour', HOUR],
  ['25 hours', 25 * HOUR],
  ['30 days', 30 * DAY],
];

const KEY = { secret: 'a secret of this run alone' };

/** What a console does with a request, and how far each of them was when the backup was made. */
const STAGES = ['undecided', 'decided', 'sent', 'absent'] as const;
type Stage = (typeof STAGES)[number];
const BY_STAGE: readonly [Stage, RemedyDraft][] = [
  ['undecided', refundOf(1)],
  ['undecided', creditsOf(2)],
  ['decided', refundOf(3)],
  ['decided', creditsOf(4)],
  ['sent', refundOf(5)],
  ['sent', creditsOf(6)],
  ['absent', refundOf(7)],
  ['absent', creditsOf(8)],
];

/** A console that can be stopped, restored and started again, beside a Stripe and a product that go on. */
class Scene {
  readonly violations: string[] = [];
  readonly requests: { stage: Stage; asked: RemedyDraft; id: string }[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'redress-restore-'));
  readonly kept = { path: join(this.folder, 'heads.ndjson'), ...KEY };
  checks = 0;
  store: Store;
  databaseUrl: string;
  constructor(
    readonly world: MoneyWorld,
    readonly mailServer: Awaited<ReturnType<typeof startMail>>,
  ) {
    this.store = world.store;
    this.databaseUrl = world.databaseUrl;
  }

  get deps() {
    return { ...this.world, store: this.store };
  }
  as = (name: 'agent' | 'finance') => signedIn(this.deps, this.world.sandbox.url, name);

  expect(holds: boolean, what: string): void {
    this.checks += 1;
    if (!holds) this.violations.push(what);
  }

  async ask(stage: Stage, asked: RemedyDraft): Promise<void> {
    const answer = await createRequest(this.as('agent'), asked);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    this.requests.push({ stage, asked, id: answer.request.id });
  }
  async decide(id: string): Promise<StoredRequest | null> {
    const request = await findRequest(this.store.read, id);
    if (request?.state === 'requested') await approve(this.as('finance'), request);
    return findRequest(this.store.read, id);
  }
  /** Everything that is due goes out, and what is open is looked up until nothing moves. */
  async work(): Promise<void> {
    for (let i = 0; i < 4; i += 1) {
      await processDueOperations(this.deps);
      this.world.advance(45 * SECOND);
    }
    const mail = createMailer({
      ...{ smtpUrl: this.mailServer.url, from: 'billing@example.test' },
      beforeCall: assertNotWriting,
    });
    await deliverMail({ ...this.deps, mail }).finally(() => mail.close());
  }
  /** What the outside has of it. */
  outside() {
    const refunds = [...this.world.sandbox.world.all('refund')].map(({ id }) => id).toSorted();
    const entries = [...this.world.product.product.adjusted.values()].map(({ entry }) => entry);
    return {
      refunds,
      entries,
      ids: JSON.stringify([refunds, entries.map(({ id }) => id).toSorted()]),
      mails: this.mailServer.delivered.length,
    };
  }
  async reopen(databaseUrl: string): Promise<void> {
    this.databaseUrl = databaseUrl;
    this.store = await openStore(databaseUrl, { poolSize: 4 });
  }
  async close(): Promise<void> {
    await this.store.close();
    await this.mailServer.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A backup as whoever copies the files of a running console makes it, or a copy of the whole database. */
const backUp = async (scene: Scene): Promise<string> => {
  const { databaseUrl, folder } = scene;
  if (dialectOf(databaseUrl) === 'sqlite') {
    const file = join(folder, 'backup.db');
    for (const end of ['', '-wal'])
      if (existsSync(`${pathOf(databaseUrl)}${end}`))
        copyFileSync(`${pathOf(databaseUrl)}${end}`, `${file}${end}`);
    return file;
  }
  await scene.store.close();
  const copy = await copyPostgres(databaseUrl, `${new URL(databaseUrl).pathname.slice(1)}_b`);
  await scene.reopen(databaseUrl);
  return copy;
};

/** Ends the console as a crash does, its log of writes beside the file, and puts the backup in place. */
const restore = async (scene: Scene, backup: string): Promise<void> => {
  const { databaseUrl, kept, world, folder } = scene;
  const making = { now: world.now, newId: world.newId, databaseUrl, kept, by: 'somebody' };
  if (dialectOf(databaseUrl) !== 'sqlite') {
    await scene.store.close();
    const restored = await copyPostgres(backup, `${new URL(databaseUrl).pathname.slice(1)}_r`);
    await restoreInPlace({ ...making, databaseUrl: restored });
    return scene.reopen(restored);
  }
  const path = pathOf(databaseUrl);
  const given = { ...making, file: backup, damaged: false };
  const refusal = await restoreFile(given).then(
    () => 'restored beneath a running console',
    (error: unknown) => String(error),
  );
  scene.expect(refusal.includes('has') && refusal.includes('open: stop it first'), refusal);
  for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, join(folder, `crashed${end}`));
  await scene.store.close();
  for (const end of ['', '-wal']) copyFileSync(join(folder, `crashed${end}`), `${path}${end}`);
  const { aside } = await restoreFile(given);
  scene.expect(aside !== null && existsSync(aside), 'what was replaced is not kept');
  scene.expect(!existsSync(`${path}-wal`), 'the old log of writes lies beside the new file');
  await scene.reopen(databaseUrl);
};

const isHeld = async (scene: Scene): Promise<void> => {
  const before = scene.outside();
  for (const { id, asked } of scene.requests.filter(({ stage }) => stage === 'undecided')) {
    const request = await scene.decide(id);
    scene.expect(request?.state === 'requested', `approved while held: ${asked.customerId}`);
  }
  const again = await createRequest(scene.as('agent'), refundOf(7));
  scene.expect(!again.ok && again.refusal.refused === 'unavailable', 'requested while held');
  await scene.work();
  scene.expect(scene.outside().ids === before.ids, 'sent while held');
  scene.expect(scene.outside().mails === before.mails, 'mailed while held');
};

const confirm = async (scene: Scene, id: string): Promise<void> => {
  const given = { id, actorId: 'stf_finance', by: 'finance', note: 'looked', canCompare: true };
  const early = await confirmRestore(scene.deps, { ...given, ledgerChecked: false });
  scene.expect(
    early.kind === 'refused' && early.refusal.says.includes('ledger'),
    'confirmed with an old ledger',
  );
  // The product's ledger is loaded again, as every night.
  const records = scene
    .outside()
    .entries.map((record) => ({ type: 'ledgerEntry', record }) as const);
  await scene.store.write((tx) => saveRecords(tx, records));
  const done = await confirmRestore(scene.deps, { ...given, ledgerChecked: true });
  scene.expect(done.kind === 'confirmed', `not confirmed: ${JSON.stringify(done)}`);
};

const isListed = (
  scene: Scene,
  forgotten: readonly MissingFromBackup[],
  refunds: string[],
): void => {
  const ids = new Set(forgotten.map(({ id }) => id));
  for (const id of refunds) scene.expect(ids.has(id), `${id} is not listed`);
  const of = (n: number) => scene.requests.find(({ asked }) => asked.customerId === `org_${n}`);
  // What the backup does not have at all is known from the database that was replaced.
  const absent = dialectOf(scene.databaseUrl) === 'sqlite' ? [8] : [];
  for (const n of [2, 4, ...absent])
    scene.expect(
      forgotten.some(({ kind, requestId }) => kind === 'credits' && requestId === of(n)?.id),
      `the credits of org_${n} are not listed`,
    );
};

/** What was known outside before the backup, and so is not forgotten. */
async function oneAge(world: MoneyWorld, [name, age]: readonly [string, number]): Promise<Scene> {
  const mailServer = await startMail();
  const scene = new Scene(world, mailServer);
  await hirePeople(world);
  for (const [, { customerId }] of BY_STAGE)
    await world.charge(customerId.replace('org', 'ch'), customerId, 4_900, world.now());
  const at = async (stages: readonly Stage[]): Promise<void> => {
    for (const [stage, asked] of BY_STAGE)
      if (stages.includes(stage)) await scene.ask(stage, asked);
  };
  const decideOf = async (stages: readonly Stage[]): Promise<void> => {
    for (const { stage, id } of scene.requests) if (stages.includes(stage)) await scene.decide(id);
  };
  await at(['sent']);
  await decideOf(['sent']);
  await scene.work();
  await at(['undecided', 'decided']);
  await decideOf(['decided']);
  const known = new Set(scene.outside().refunds);
  await exportHead(scene.deps, scene.kept);
  const backup = await backUp(scene);
  world.advance(10 * SECOND);
  await at(['absent']);
  await decideOf(['undecided', 'absent']);
  await scene.work();
  await exportHead(scene.deps, scene.kept);
  const before = scene.outside();
  scene.expect(before.refunds.length === 4 && before.entries.length === 4, `${name}: not all sent`);
  scene.expect(before.mails === 8, `${name}: ${before.mails} mails`);
  world.advance(age);
  await restore(scene, backup);
  await isHeld(scene);
  await goOn(scene, before, known);
  return scene;
}

async function goOn(
  scene: Scene,
  before: ReturnType<Scene['outside']>,
  known: ReadonlySet<string>,
): Promise<void> {
  const open = await latestRestoration(scene.store.read);
  if (open === null) throw new Error('nothing is held');
  const forgotten = await compareRestored(scene.deps, open);
  isListed(
    scene,
    forgotten,
    before.refunds.filter((id) => !known.has(id)),
  );
  await confirm(scene, open.id);
  for (const { stage, id } of scene.requests) if (stage !== 'absent') await scene.decide(id);
  // The agent, who knows nothing of it, asks once more for what the backup has forgotten.
  const again = await createRequest(scene.as('agent'), refundOf(7));
  await scene.work();
  await scene.work();
  const after = scene.outside();
  scene.expect(after.ids === before.ids, `sent twice: ${before.ids} then ${after.ids}`);
  scene.expect(after.mails === before.mails, `${after.mails - before.mails} mails twice`);
  const states = await Promise.all(
    scene.requests.map(async ({ id }) => (await findRequest(scene.store.read, id))?.state),
  );
  const unfinished = states.filter((state) => state === 'approved' || state === 'sending');
  scene.expect(unfinished.length === 0, `left behind: ${states.join(' ')}`);
  scene.expect(!again.ok || again.request.state === 'requested', 'went on without a person');
  await exportHead(scene.deps, scene.kept);
  const { ok, firstBad, problems } = await verifyAudit(scene.store, scene.kept);
  scene.expect(ok, `the log: ${JSON.stringify({ firstBad, problems })}`);
}

/**
 * X4 and D5: a backup is restored whose requests were undecided, decided, sent or not there yet, and people go
 * on as they would. Nothing is sent, booked or mailed twice, and what was forgotten is listed.
 */
export const restoreOfAge = async (
  world: MoneyWorld,
  age: readonly [string, number],
): Promise<Figure> => {
  const scene = await oneAge(world, age);
  await scene.close();
  return {
    ...{ name: `X4 restore of a backup ${age[0]} old`, runs: scene.checks, faults: 1 },
    ...{ violations: scene.violations, seed: null },
  };
};
