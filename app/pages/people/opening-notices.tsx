import { Link } from '@remix-run/react';
import type { OpeningNotice } from '#app/services/load-opening-notices.ts';
import { Banner } from '#app/ui/banner.tsx';
import { fullUtc } from '#app/ui/time-format.ts';

const auditOf = ({ staffId }: OpeningNotice): string =>
  `/audit?person=${encodeURIComponent(staffId)}&kind=customer.viewed`;

/** Who has opened more customers within an hour than work explains, for those who read the audit log. */
export const OpeningNotices = ({ notices }: { notices: readonly OpeningNotice[] }) =>
  notices.map((notice) => (
    <Banner key={`${notice.staffId} ${notice.at}`} tone="warning" label="Many customers opened">
      <span>
        <bdi>{notice.name}</bdi>
        {` opened ${notice.customers} customers within an hour, up to ${fullUtc(notice.at)} UTC.`}
      </span>
      <Link to={auditOf(notice)}>See whom</Link>
    </Banner>
  ));
