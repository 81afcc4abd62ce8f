import '#app/config/env-file.ts';
import { parseArgs } from 'node:util';
import { readInstant } from '#app/domain/book/parse-instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { ROLES, type Role } from '#app/domain/access/roles.ts';
import { createClock } from '#app/lib/clock.ts';
import { env } from '#app/config/env.ts';
import { createIds } from '#app/lib/ids.ts';
import type { Deps } from '#app/services/deps.ts';
import {
  addStaff,
  changeStaffPassword,
  changeStaffRole,
  disableStaff,
  enableStaff,
  memberRefusal,
  noteAway,
  type StaffOutcome,
} from '#app/services/access/manage-staff.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { listStaff } from '#db/queries/access/staff.ts';
import { openStore } from '#db/store.ts';
import { readNewSecret, SecretMistake } from '#scripts/read-secret.ts';

const HELP = `npm run staff -- COMMAND

  add EMAIL --name NAME --role ROLE   adds an account; asks for its password
  password EMAIL                      gives an account another password; asks for it
  role EMAIL --role ROLE              gives an account another role
  disable EMAIL                       shuts an account and ends its sessions
  enable EMAIL                        opens it again
  away EMAIL --until ISO              out of office until then: nobody waits for their decisions
  back EMAIL                          back from leave
  list                                all accounts

ROLE is one of ${ROLES.join(', ')}. A password is asked for twice at a terminal, or read from standard
input (one line); never from the command line, which others can see and the shell remembers.
`;

/** What was asked for cannot be done as it was asked. */
class Mistake extends Error {}

const isRole = (text: string | undefined): text is Role =>
  (ROLES as readonly (string | undefined)[]).includes(text);

const roleOf = (text: string | undefined): Role => {
  if (isRole(text)) return text;
  throw new Mistake(`--role must be one of ${ROLES.join(', ')}`);
};

const untilOf = (text: string | undefined): Instant => {
  const until = text === undefined ? null : readInstant(text);
  if (until === null) throw new Mistake('--until must be an instant such as 2026-06-01T00:00:00Z');
  return until;
};

const list = async (app: Deps): Promise<void> => {
  for (const { email, role, name, disabledAt, demo } of await listStaff(app.store.read)) {
    const state = [disabledAt === null ? '' : 'disabled', demo ? 'demo' : ''].filter(Boolean);
    process.stdout.write(`${email}\t${role}\t${name}\t${state.join(' ')}\n`);
  }
};

const NAMED = { password: 'The password', name: '--name', email: 'EMAIL' } as const;

const settle = (outcome: StaffOutcome, done: string): void => {
  if (outcome.kind === 'done') process.stdout.write(`${done}\n`);
  else if ('problem' in outcome) throw new Mistake(`${NAMED[outcome.why]} ${outcome.problem}.`);
  else if (outcome.why === 'known') throw new Mistake(`${outcome.email} is there already.`);
  else throw new Mistake(`There is no account ${outcome.email}.`);
};

const run = async (
  app: Deps,
  command: string | undefined,
  email: string | undefined,
  options: { name?: string; role?: string; until?: string },
): Promise<void> => {
  if (command === 'list') return list(app);
  if (email === undefined) throw new Mistake('EMAIL is missing.');
  if (command === 'add') {
    const member = { email, name: options.name ?? email, role: roleOf(options.role) };
    const outcome =
      memberRefusal(member) ??
      (await addStaff(app, {
        ...member,
        password: await readNewSecret(`Password for ${email}: `),
      }));
    settle(outcome, `${email} may sign in now.`);
  } else if (command === 'password') {
    const password = await readNewSecret(`New password for ${email}: `);
    settle(await changeStaffPassword(app, email, password), `${email} has a new password.`);
  } else if (command === 'role')
    settle(await changeStaffRole(app, email, roleOf(options.role)), `${email} has a new role.`);
  else if (command === 'disable') settle(await disableStaff(app, email), `${email} is shut out.`);
  else if (command === 'enable') settle(await enableStaff(app, email), `${email} may sign in.`);
  else if (command === 'away')
    settle(await noteAway(app, email, untilOf(options.until)), `${email} is away.`);
  else if (command === 'back') settle(await noteAway(app, email, null), `${email} is back.`);
  else throw new Mistake(`There is no command ${command ?? ''}. See --help.`);
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ name: { type: 'string' }, role: { type: 'string' }, until: { type: 'string' } },
      help: { type: 'boolean' },
    },
  });
  const [command, email, ...more] = positionals;
  if (more.length > 0)
    throw new Mistake(
      'There is a word too many. A password is never given on the command line: it is asked for.',
    );
  if (values.help || command === undefined) {
    process.stdout.write(HELP);
    return;
  }
  const settings = env();
  await migrate(settings.DATABASE_URL);
  const store = await openStore(settings.DATABASE_URL);
  const now = createClock(settings.REDRESS_NOW);
  try {
    await run({ store, now, newId: createIds(now) }, command, email, values);
  } finally {
    await store.close();
  }
};

main().catch((error: unknown) => {
  const known = [Mistake, SecretMistake, TypeError].some((kind) => error instanceof kind);
  process.stderr.write(`${known && error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
