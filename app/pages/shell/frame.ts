import type { Role } from '#app/domain/access/roles.ts';
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
