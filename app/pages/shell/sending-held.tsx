import { Link } from '@remix-run/react';
import { may } from '#app/domain/access/roles.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { Banner } from '#app/ui/banner.tsx';

/** Said over every page while nothing is sent, because the database was restored. */
export const SendingHeld = ({ role }: { role: Role }) => (
  <Banner tone="warning" label="Sending is paused">
    <strong className="text-high">The database was restored: nothing is sent.</strong>
    <span>
      Nothing can be requested or approved until finance has checked what is missing from the
      backup.
    </span>
    {may(role, 'restore.view') ? <Link to="/restored">Check</Link> : null}
  </Banner>
);
