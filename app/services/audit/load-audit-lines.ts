import { detailFields, describeEvent } from '#app/domain/audit/labels.ts';
import type { AuditField } from '#app/domain/audit/labels.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { searchAudit } from '#db/queries/audit/audit-search.ts';
import type { AuditCursor, AuditFilter, FoundEvent } from '#db/queries/audit/audit-search.ts';
import { listStaff } from '#db/queries/access/staff.ts';

export type { AuditCursor } from '#db/queries/audit/audit-search.ts';

/** What is looked for. `person` is `me`, `nobody` (the program itself) or the id of a member of staff. */
export interface AuditQuery extends Omit<AuditFilter, 'actorId'> {
  person?: string | undefined;
  after?: AuditCursor | undefined;
}

/** A row of the log, in words. */
export interface AuditLine {
  seq: number;
  at: Instant;
  says: string;
  kind: string;
  /** Null: the program did it. */
  actorName: string | null;
  customerId: string | null;
  subject: string | null;
  ticket: string | null;
  requestId: string | null;
  fields: AuditField[];
  prevHash: string;
  hash: string;
}
export interface AuditLines {
  rows: AuditLine[];
  /** Where the next page begins; null on the last one. */
  next: AuditCursor | null;
}
export interface AuditPage extends AuditLines {
  now: Instant;
  staff: { id: string; name: string }[];
}

const PAGE = 60;

const filterOf = ({ actor }: StaffDeps, { person, ...ask }: AuditQuery): AuditFilter => ({
  ...ask,
  actorId: person === 'me' ? actor.staffId : person === 'nobody' ? null : person,
});

type Names = ReadonlyMap<string, string>;

const lineOf = (event: FoundEvent, names: Names): AuditLine => ({
  seq: event.seq,
  at: event.at,
  kind: event.kind,
  customerId: event.customerId,
  subject: event.subject,
  ticket: event.ticket,
  requestId: event.requestId,
  prevHash: event.prevHash,
  hash: event.hash,
  actorName: event.actorName ?? event.actorId,
  says: describeEvent(event),
  // People are told by name wherever they stand.
  fields: detailFields(event.detail).map(({ label, text }) => ({
    label,
    text: names.get(text) ?? text,
  })),
});

/**
 * A page of the audit log, newest first, and the people whom it can be searched by; null where the person
 * asked for is nobody we know. Writes nothing.
 */
export const loadAuditPage = async (
  deps: StaffDeps,
  ask: AuditQuery,
): Promise<AuditPage | null> => {
  const { read } = deps.store;
  const staff = (await listStaff(read)).map(({ id, name }) => ({ id, name }));
  const { person = 'me' } = ask;
  if (!['me', 'nobody', ...staff.map(({ id }) => id)].includes(person)) return null;
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  const { after } = ask;
  const { events, next } = await searchAudit(read, filterOf(deps, ask), { after, limit: PAGE });
  return { rows: events.map((event) => lineOf(event, names)), next, now: deps.now(), staff };
};
