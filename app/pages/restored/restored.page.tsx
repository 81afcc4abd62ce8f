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
        After npm run restore, what is missing from the backup is listed here.
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
    'The audit log does not continue from its last exported row: the database was restored by hand or tampered with. Found';
  return (
    <div className="grid gap-1">
      <p>
        {kind === 'restored' ? 'Restored from a backup' : found} <TimeText at={at} now={now} /> UTC.{' '}
        {backupAt === null ? null : (
          <>
            Its last recorded change was at <TimeText at={backupAt} now={now} />.
          </>
        )}
      </p>
      <p>
        {comparedAt === null ? (
          'Not reconciled with Stripe and the product yet.'
        ) : (
          <>
            Reconciled with{' '}
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
