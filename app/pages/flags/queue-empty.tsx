import { Link } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';

/** No flag: because nothing is loaded, because nothing is wrong, or because of the filters. */
export function QueueEmpty({ hasBook, filters }: { hasBook: boolean; filters: URLSearchParams }) {
  if (!hasBook) {
    return (
      <EmptyState title="No book has been loaded yet">
        Load one with <code className="font-mono">npm run import -- FILE</code>; its flags appear
        here as soon as it has been swept.
      </EmptyState>
    );
  }
  if ([...filters].length > 0) {
    return (
      <EmptyState title="No flag passes these filters">
        <Link to="/">Show all open flags</Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No open flags">
      Whatever goes wrong in the book appears here by itself, the worst first.
    </EmptyState>
  );
}
