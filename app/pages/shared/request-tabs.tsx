import { NavLink } from '@remix-run/react';
import type { ReactNode } from 'react';

interface RequestTabsProps {
  seesDrift: boolean;
  /** What stands beside the tabs. */
  children?: ReactNode;
}

const TABS = [
  { to: '/requests', words: 'Open' },
  { to: '/requests/settled', words: 'Closed' },
  { to: '/requests/people', words: 'Approvers' },
] as const;
const DRIFT = { to: '/requests/drift', words: 'Reconciliation' } as const;

/** The lists of requests, and what is to be done with the one in view. */
export const RequestTabs = ({ seesDrift, children }: RequestTabsProps) => (
  <div className="flex min-h-10 flex-none flex-wrap items-center gap-x-4 gap-y-1 border-b border-hairline px-3 py-1.5">
    <nav aria-label="Requests" className="flex gap-1">
      {[...TABS, ...(seesDrift ? [DRIFT] : [])].map(({ to, words }) => (
        <NavLink
          key={to}
          to={to}
          end
          className="rounded-control px-2 py-1 text-ink hover:no-underline aria-[current=page]:bg-chosen"
        >
          {words}
        </NavLink>
      ))}
    </nav>
    {children}
  </div>
);
