import { Link } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';

/** No request: because none is open, or because of the filters. */
export const QueueEmpty = ({ filters, all }: { filters: URLSearchParams; all: number }) => {
  if (all === 0) {
    return (
      <EmptyState title="No open requests">
        Requests from customer pages appear here, those waiting for you first.
      </EmptyState>
    );
  }
  return filters.get('mine') === '1' && filters.get('kind') === null ? (
    <EmptyState title="Nothing is waiting for you">
      <Link to="/requests">Show all open requests</Link>
    </EmptyState>
  ) : (
    <EmptyState title="No requests match">
      <Link to="/requests">Show all open requests</Link>
    </EmptyState>
  );
};
