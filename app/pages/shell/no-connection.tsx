import { useSyncExternalStore } from 'react';
import { connection } from '#app/pages/shared/retrying-fetch.ts';

const never = (): boolean => false;

/** Said over whatever the page shows, without moving it, while something waits for a connection. */
export function NoConnection() {
  const waits = useSyncExternalStore(connection.subscribe, connection.isWaiting, never);
  return (
    <output className="pointer-events-none fixed inset-x-0 top-11 z-20 flex justify-center">
      {waits ? (
        <span className="rounded-b-control border border-t-0 border-hairline bg-raised px-3 py-1.5 font-medium text-high shadow-sm">
          <span aria-hidden>▲ </span>No connection. Trying again. What you typed is kept.
        </span>
      ) : null}
    </output>
  );
}
