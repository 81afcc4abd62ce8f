import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import type { Instant } from '#app/lib/instant.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import { TimeText } from '#app/ui/time-text.tsx';
import { Link } from '@remix-run/react';

/** Most that a page shows of them; `npm run restore -- --json` has all. */
const MOST = 500;

/** What happened after the backup, as far as Stripe, the product or the replaced database know of it. */
export function ForgottenList({
  forgotten,
  now,
}: {
  forgotten: MissingFromBackup[];
  now: Instant;
}) {
  if (forgotten.length === 0) return <p>Nothing known elsewhere is missing from the backup.</p>;
  const more = forgotten.length - MOST;
  return (
    <section aria-label="Missing from the backup" className="grid gap-2">
      <h2 className="font-semibold">Missing from the backup</h2>
      <ul className="grid gap-1">
        {forgotten.slice(0, MOST).map(({ kind, from, id, at, customerId, words }) => (
          <li key={`${kind} ${from} ${id}`}>
            {at === null ? null : (
              <>
                <TimeText at={at} now={now} />{' '}
              </>
            )}
            <bdi>{words}</bdi>{' '}
            {customerId === null ? null : <Link to={customerPath(customerId)}>{customerId}</Link>}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-ink-quiet">{more} more.</p> : null}
    </section>
  );
}
