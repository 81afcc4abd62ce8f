import { useLoaderData } from '@remix-run/react';
import { ConfirmForm } from '#app/pages/restored/confirm-form.tsx';
import { ForgottenList } from '#app/pages/restored/forgotten-list.tsx';
import { isProductNotAsked } from '#app/domain/restore/missing-from-backup.ts';
import { useLiveFacts } from '#app/pages/shared/use-live.ts';
import { guarded } from '#app/web/guarded.ts';
import { loadRestore } from '#app/services/restore/load-restore.ts';
import type { RestorePage as RestoreFacts } from '#app/services/restore/load-restore.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { TimeText } from '#app/ui/time-text.tsx';

export const meta = () => [{ title: 'Restored – Redress' }];

/** The last restore of the database, and what the backup had forgotten. */
export const loader = guarded('restore.view', { audit: 'none' }, async ({ app }) =>
  loadRestore(app),
);

export default function RestoredPage() {
  const page = useLoaderData<typeof loader>();
  useLiveFacts({ events: ['requests'] });
  const { latest } = page;
  if (latest === null)
    return (
      <EmptyState title="The database was never restored.">
        After npm run restore, what the backup had forgotten is listed here.
      </EmptyState>
    );
  return (
    <div className="grid max-w-5xl gap-4 px-3 py-4">
      <h1 className="text-heading font-semibold">Restored</h1>
      <WhatHappened page={page} latest={latest} />
      {latest.confirmedAt === null ? <ConfirmForm id={latest.id} page={page} /> : null}
      <ForgottenList forgotten={latest.forgotten} now={page.now} />
    </div>
  );
}

type Latest = NonNullable<RestoreFacts['latest']>;

function WhatHappened({ page: { now }, latest }: { page: RestoreFacts; latest: Latest }) {
  const { kind, at, backupAt, comparedAt, confirmedAt, confirmedBy, note } = latest;
  const found =
    'The audit log does not lead through its end of before: the database was put back by hand, or tampered with. Found';
  return (
    <div className="grid gap-1">
      <p>
        {kind === 'restored' ? 'Restored from a backup' : found} <TimeText at={at} now={now} /> UTC.{' '}
        {backupAt === null ? null : (
          <>
            The last thing it tells of was <TimeText at={backupAt} now={now} />.
          </>
        )}
      </p>
      <p>
        {comparedAt === null ? (
          'Not yet compared with Stripe and the product.'
        ) : (
          <>
            Compared with{' '}
            {latest.forgotten.some(isProductNotAsked) ? 'Stripe' : 'Stripe and the product'}{' '}
            <TimeText at={comparedAt} now={now} />.
          </>
        )}
      </p>
      {confirmedAt === null ? null : (
        <p>
          Confirmed <TimeText at={confirmedAt} now={now} /> by <bdi>{confirmedBy}</bdi>:{' '}
          <bdi>{note}</bdi>
        </p>
      )}
    </div>
  );
}
