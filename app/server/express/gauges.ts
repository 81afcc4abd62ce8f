import { SECOND, type Instant } from '#app/lib/instant.ts';
import type { Gauge } from '#app/lib/metrics.ts';
import type { Platform } from '#app/web/request-context.ts';
import { loadBacklog, type BacklogReport } from '#app/services/deployment/load-backlog.ts';
import { sendingHeldSince } from '#app/services/restore/load-restore.ts';
import { countOpenFlags } from '#db/queries/flags/flag-changes.ts';

const MIB = 1024 * 1024;

const gauge = (name: string, help: string, value: number, labels?: string): Gauge => ({
  ...{ name: `redress_${name}`, help, value },
  ...(labels === undefined ? {} : { labels }),
});

const backlogGauges = ({ requests, mail, comparison }: BacklogReport): Gauge[] => [
  ...Object.entries(requests).map(([state, { count }]) =>
    gauge('remedies', 'Requests for remedies that are not done with.', count, `state="${state}"`),
  ),
  ...Object.entries(requests).map(([state, { oldest }]) =>
    gauge(
      'remedy_oldest_seconds',
      'For how long the oldest of them is in this state; 0: there is none.',
      oldest,
      `state="${state}"`,
    ),
  ),
  gauge('mail_waiting', 'Mails to customers that have not gone out.', mail.waiting.count),
  gauge(
    'mail_oldest_seconds',
    'How old the oldest of them is; 0: there is none.',
    mail.waiting.oldest,
  ),
  gauge('mail_held', 'Mails to customers that wait for a person.', mail.held.count),
  gauge(
    'comparison_age_seconds',
    'Since the last comparison with Stripe ended, or since the start.',
    comparison.age,
  ),
  gauge(
    'comparison_ok',
    'Whether it could be made; 1: yes, or none was tried yet.',
    +comparison.ok,
  ),
  gauge('comparison_differences', 'What it found to differ, up to 1,000.', comparison.differences),
];

const sendingGauges = (
  { ahead, verdict }: Pick<Platform['clock'], 'ahead' | 'verdict'>,
  heldSince: Instant | null,
): Gauge[] => [
  gauge(
    'sending_held',
    'Whether nothing is sent, because the database was restored and nobody has confirmed it.',
    +(heldSince !== null),
  ),
  gauge(
    'clock_ahead_seconds',
    'By how much this machine is ahead of the database; below 0: behind.',
    ahead / SECOND,
  ),
  gauge(
    'clocks_apart',
    'Whether this machine is more than 2 s apart from the database or another console.',
    +(verdict.kind !== 'agrees'),
  ),
  gauge(
    'clock_stands_back',
    'Whether this console leaves all sending to others, because its clock is wrong.',
    +(verdict.kind === 'stands_back'),
  ),
];

/** What stands now, read from the database and the process. `begun`: when the process did. */
export const readGauges = async (
  platform: Platform,
  { begun, ready }: { begun: Instant; ready: boolean },
): Promise<Gauge[]> => {
  const { store, metrics, changes, now } = platform;
  const [flags, backlog, held] = await Promise.all([
    countOpenFlags(store.read),
    loadBacklog(platform, begun),
    sendingHeldSince(store.read),
  ]);
  return [
    gauge('ready', 'Whether the database can be read and written.', +ready),
    ...flags.map(({ severity, count }) =>
      gauge('flags_open', 'Open flags.', count, `severity="${severity}"`),
    ),
    ...backlogGauges(backlog),
    ...sendingGauges(platform.clock, held),
    gauge('open_streams', 'Pages that are told of changes.', changes.size),
    gauge(
      'sweep_last_seconds',
      'When the timer last looked for what is due, as Unix time; 0: not yet.',
      metrics.lastSweepAt / SECOND,
    ),
    gauge(
      'sweep_age_seconds',
      'Since the timer last looked for what is due, or since the start.',
      Math.max(0, (now() - (metrics.lastSweepAt || begun)) / SECOND),
    ),
    gauge('sweep_customers_total', 'Customers that the timer has swept.', metrics.sweptCustomers),
    gauge('memory_mib', 'Resident memory.', Math.round(process.memoryUsage.rss() / MIB)),
    gauge('database_log_bytes', 'SQLite’s write-ahead log; 0 on PostgreSQL.', metrics.logBytes),
  ];
};
