import { createLog } from '#app/config/log.ts';
import { loggedPath } from '#app/server/express/logged-path.ts';
import { addStaff } from '#app/services/access/manage-staff.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { auditRows } from '#db/queries/audit/audit-pages.ts';
import { refundOf } from '#tests/reliability/scenarios/ask-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';

/** Whatever some viewer takes for the end of a line, or a terminal for an order. */
const BREAKS = ['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\v', '\f', '\u001e', '\0'];
const ORDERS = ['\u001b[2K\u001b[1A', '\u001b]0;x\u0007', '\u009b31m', '\u009d0;x\u009c', '\b\b\b'];
const FAKE = '{"level":"info","msg":"signed in","actorId":"stf_admin"}';
const ENDS_LINE = /[\n\r\v\f\u0085\u2028\u2029]/u;
// oxlint-disable-next-line no-control-regex -- what a terminal obeys is what is looked for
const CONTROL = /[\0-\x1f\x7f-\x9f]/u;

const payloads = (): string[] => [
  ...[...BREAKS, ...ORDERS].flatMap((bad) => [bad, `x${bad}${FAKE}`, `${FAKE}${bad}${FAKE}`]),
  ...[...BREAKS, ...ORDERS].map((bad) => `${'a'.repeat(1_000)}${bad}`),
  ...['\n', '\u2028', '\u009b'].map((bad) => `${'b'.repeat(1_000_000)}${bad}${FAKE}`),
  '\ud800',
  '\u202Egnp.exe',
];

type Log = ReturnType<typeof createLog>;
/** Every way in which a text from outside comes into a line of the log. */
const WAYS: Readonly<Record<string, (log: Log, text: string) => void>> = {
  message: (log, text) => log.info(text),
  field: (log, text) => log.info({ reason: text }, 'x'),
  nested: (log, text) => log.warn({ a: { b: [text] } }, 'x'),
  key: (log, text) => log.info({ [text.slice(0, 2_000)]: 1 }, 'x'),
  error: (log, text) => log.error({ err: new Error(text) }, 'x'),
  cause: (log, text) => log.error({ err: new Error('x', { cause: new Error(text) }) }, 'x'),
  thrown: (log, text) => log.error({ err: text }, 'x'),
  child: (log, text) => log.child({ requestId: text }).info('x'),
  address: (log, text) => log.info({ path: loggedPath(`/customers/${text}?q=${text}`) }, 'x'),
  object: (log, text) => log.info({ toString: text, toJSON: text, msg: text }, 'x'),
};

/** U6: of every text, by every way, one event is one line of the log, and one row of the audit log. */
export const logInjection = async (world: MoneyWorld): Promise<Figure> => {
  const violations: string[] = [];
  let runs = 0;
  for (const [way, write] of Object.entries(WAYS))
    for (const [at, text] of payloads().entries()) {
      const lines: string[] = [];
      write(createLog('info', { write: (line: string) => lines.push(line) }), text);
      runs += 1;
      const wrong = wrongLine(lines);
      if (wrong !== null) violations.push(`${way}, text ${at}: ${wrong}`);
    }
  violations.push(...(await wrongRows(world)));
  return { name: 'U6 log injection', runs, faults: 0, violations, seed: null };
};

function wrongLine(lines: readonly string[]): string | null {
  const [line = '', ...more] = lines;
  if (more.length > 0) return `${more.length + 1} lines`;
  if (!line.endsWith('\n')) return 'no end';
  const inner = line.slice(0, -1);
  if (ENDS_LINE.test(inner)) return 'a line within the line';
  if (CONTROL.test(inner)) return 'a control character as it is';
  try {
    JSON.parse(inner);
  } catch {
    return 'no JSON';
  }
  return null;
}

/** The same texts as reasons, tickets and names: a row each, that can be read. */
async function wrongRows(world: MoneyWorld): Promise<string[]> {
  await hirePeople(world);
  const wrong: string[] = [];
  const texts = payloads().filter((text) => text.length < 500);
  const rows = async (): Promise<number> => {
    let count = 0;
    for await (const row of auditRows(world.store.read, 0)) {
      count += 1;
      if (typeof row === 'number') wrong.push(`row ${row} cannot be read`);
    }
    return count;
  };
  const before = await rows();
  let done = 0;
  for (const [at, text] of texts.entries()) {
    const charge = `ch_log_${at}`;
    await world.charge(charge, `org_log_${at}`);
    const asked = { ...refundOf(charge), customerId: `org_log_${at}`, reason: `x${text}` };
    const app = { ...signedIn(world, world.sandbox.url, 'agent'), ticket: text };
    if ((await createRequest(app, asked)).ok) done += 1;
  }
  const member = { email: `x@demo.test`, name: BREAKS.join(FAKE), role: 'agent' as const };
  const hired = await addStaff(world, { ...member, password: 'a long password of this test' });
  if (hired.kind === 'done') done += 1;
  const written = (await rows()) - before;
  if (written !== done) wrong.push(`${written} rows for ${done} events`);
  return wrong;
}
