import { Link } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';

/** No flag: because nothing is loaded, because nothing is wrong, or because of the filters. */
export function QueueEmpty({ hasBook, filters }: { hasBook: boolean; filters: URLSearchParams }) {
  if (!hasBook) {
    return (
      <EmptyState title="No data imported yet">
        Import it with <code className="font-mono">npm run import -- FILE</code>. Flags appear here
        after the next sweep.
      </EmptyState>
    );
  }
  if ([...filters].length > 0) {
    return (
      <EmptyState title="No flags match">
        <Link to="/">Show all open flags</Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No open flags">
      New issues appear here automatically, the most severe first.
    </EmptyState>
  );
}
