import { Link } from '@remix-run/react';
import type { CustomerViewNotice } from '#app/services/audit/load-customer-view-notices.ts';
import { Banner } from '#app/ui/banner.tsx';
import { fullUtc } from '#app/ui/time-format.ts';

const auditOf = ({ staffId }: CustomerViewNotice): string =>
  `/audit?person=${encodeURIComponent(staffId)}&kind=customer.viewed`;

/** Who has opened more customers within an hour than work explains, for those who read the audit log. */
export const CustomerViewNotices = ({ notices }: { notices: readonly CustomerViewNotice[] }) =>
  notices.map((notice) => (
    <Banner key={`${notice.staffId} ${notice.at}`} tone="warning" label="Many customers opened">
      <span>
        <bdi>{notice.name}</bdi>
        {` opened ${notice.customers} customers within an hour, up to ${fullUtc(notice.at)} UTC.`}
      </span>
      <Link to={auditOf(notice)}>See which</Link>
    </Banner>
  ));
