import { Link, NavLink, useLocation } from '@remix-run/react';
import { may } from '#app/domain/access/roles.ts';
import { CommandBox } from '#app/pages/shared/search/command-box.tsx';
import { KeyHelp } from '#app/pages/shell/key-help.tsx';
import { StaffMenu } from '#app/pages/shell/staff-menu.tsx';
import type { Frame } from '#app/pages/shell/frame.ts';
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
        aria-label={`Clear ticket ${ticket}`}
        className="grid size-6 place-items-center text-ink-quiet hover:text-ink hover:no-underline"
      >
        ✕
      </Link>
    </span>
  );
}
