import { cookieLine, readCookie } from '#app/lib/cookies.ts';

const COOKIE = 'ticket';
const TICKET = /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;
const WORK_DAY_SECONDS = 12 * 60 * 60;

/** What a request says about the ticket: the one that holds from now on, and the cookie to set, if any. */
export interface TicketState {
  ticket: string | null;
  setCookie: string | null;
}

/**
 * `?ticket=ZD-123` sticks to what is done next, `?ticket=` lets go of it; one that does not look like a
 * ticket changes nothing.
 */
export const readTicket = (
  query: URLSearchParams,
  cookieHeader: string | undefined,
  secure: boolean,
): TicketState => {
  const kept = readCookie(cookieHeader, COOKIE);
  const current = kept !== null && TICKET.test(kept) ? kept : null;
  const draft = query.getAll('ticket');
  const [wanted] = draft;
  if (wanted === undefined || draft.length > 1 || wanted === current)
    return { ticket: current, setCookie: null };
  if (wanted === '')
    return { ticket: null, setCookie: cookieLine(COOKIE, '', { secure, maxAge: 0 }) };
  if (!TICKET.test(wanted)) return { ticket: current, setCookie: null };
  return {
    ticket: wanted,
    setCookie: cookieLine(COOKIE, wanted, { secure, maxAge: WORK_DAY_SECONDS }),
  };
};
