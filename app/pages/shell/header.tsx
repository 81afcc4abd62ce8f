import { Link, NavLink, useLocation } from '@remix-run/react';
import { may } from '#app/domain/roles.ts';
import type { Role } from '#app/domain/roles.ts';
import { CommandBox } from '#app/pages/search/command-box.tsx';
import { KeyHelp } from '#app/pages/shell/key-help.tsx';
import { StaffMenu } from '#app/pages/shell/staff-menu.tsx';
import type { Theme } from '#app/pages/shell/theme.ts';

/** What the frame of a page shows of the person and their work. */
export interface Frame {
  actor: { name: string; email: string; role: Role };
  ticket: string | null;
  demo: boolean;
  /** Whether mail reaches nobody and can be read here. */
  mail: boolean;
  theme: Theme;
  /** Open flags; null where nobody has counted yet. */
  openFlags: number | null;
  /** Requests that wait for this person; null where nobody has counted yet. */
  myRequests: number | null;
  /** Nothing is sent, because the database was restored. */
  sendingHeld: boolean;
  /** That the clocks of the machines are apart, in words, for those who can see to it. */
  clocksApart: string | null;
}

export function Header({
  actor,
  ticket,
  demo,
  mail,
  theme,
  openFlags,
  myRequests,
}: Omit<Frame, 'sendingHeld' | 'clocksApart'>) {
  return (
    <header className="flex h-11 flex-none items-center gap-4 border-b border-hairline bg-raised px-3">
      <Link to="/" className="text-heading font-semibold text-ink">
        Redress
      </Link>
      <nav aria-label="Main">
        <MainLink to="/" end words="Flags" count={openFlags} counts="open" />
        <MainLink to="/requests" words="Requests" count={myRequests} counts="waiting for you" />
        {mail ? <MainLink to="/mail" words="Mail" /> : null}
        {may(actor.role, 'audit.view') ? <MainLink to="/audit" words="Audit" /> : null}
      </nav>
      <div className="min-w-0 flex-1">
        <CommandBox />
      </div>
      {ticket === null ? null : <TicketChip ticket={ticket} />}
      <KeyHelp />
      <StaffMenu actor={actor} demo={demo} theme={theme} />
    </header>
  );
}

interface MainLinkProps {
  to: string;
  end?: boolean;
  words: string;
  count?: number | null;
  /** What is counted. */
  counts?: string;
}

const MainLink = ({ to, end = false, words, count = null, counts }: MainLinkProps) => (
  <NavLink
    to={to}
    end={end}
    title={count === null ? undefined : `${count} ${counts}`}
    className="rounded-control px-2 py-1 text-ink aria-[current=page]:bg-chosen"
  >
    {words}
    {count === null ? null : <span className="number ms-1.5 text-ink-quiet">{count}</span>}
  </NavLink>
);

/** The ticket that views and actions are recorded for, until it is let go. */
function TicketChip({ ticket }: { ticket: string }) {
  const { pathname, search } = useLocation();
  const query = new URLSearchParams(search);
  query.set('ticket', '');
  return (
    <span className="flex items-center rounded-control border border-accent bg-partner ps-2">
      <span className="number">
        <span className="sr-only">Ticket </span>
        {ticket}
      </span>
      <Link
        reloadDocument
        to={`${pathname}?${query.toString()}`}
        aria-label={`Let go of ticket ${ticket}`}
        className="grid size-6 place-items-center text-ink-quiet hover:text-ink hover:no-underline"
      >
        ✕
      </Link>
    </span>
  );
}
