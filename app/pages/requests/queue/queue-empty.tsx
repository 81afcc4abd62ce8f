import { Link } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';

/** No request: because none is open, or because of the filters. */
export const QueueEmpty = ({ filters, all }: { filters: URLSearchParams; all: number }) => {
  if (all === 0) {
    return (
      <EmptyState title="No open requests">
        Remedies that are asked for on a customer’s page appear here, those that wait for you first.
      </EmptyState>
    );
  }
  return filters.get('mine') === '1' && filters.get('kind') === null ? (
    <EmptyState title="Nothing waits for you">
      <Link to="/requests">Show all open requests</Link>
    </EmptyState>
  ) : (
    <EmptyState title="No request passes these filters">
      <Link to="/requests">Show all open requests</Link>
    </EmptyState>
  );
};
