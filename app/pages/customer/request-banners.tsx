import { Link } from '@remix-run/react';
import type { MailKind } from '#app/domain/requests/customer-mail.ts';
import { STATE_WORDS } from '#app/domain/requests/life.ts';
import { requestPath } from '#app/pages/request-path.ts';
import type { CustomerRequest, CustomerRequests } from '#app/services/money/customer-requests.ts';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { TimeText } from '#app/ui/time-text.tsx';

/** What has been asked for this customer: open requests for everybody to see, the settled ones behind. */
export function RequestBanners({ requests, now }: { requests: CustomerRequests; now: number }) {
  const { open, settled } = requests;
  if (open.length + settled.length === 0) return null;
  return (
    <section aria-label="Requests" className="border-t border-hairline">
      <ul>
        {open.map((request) => (
          <li key={request.id} className="request-banner">
            <OpenLine request={request} now={now} />
          </li>
        ))}
      </ul>
      {settled.length === 0 ? null : (
        <div className="px-3 py-1">
          <Disclosure
            summary={`${settled.length} ${settled.length === 1 ? 'request' : 'requests'} settled in the last 30 days: ${brief(settled)}`}
          >
            <ul className="grid gap-1 pt-1">
              {settled.map((request) => (
                <li key={request.id}>
                  <SettledLine request={request} now={now} />
                </li>
              ))}
            </ul>
          </Disclosure>
        </div>
      )}
    </section>
  );
}

/** The latest of them, so that nobody has to look behind to know it. */
const brief = ([latest]: readonly CustomerRequest[]): string =>
  latest === undefined ? '' : `${latest.title}, ${STATE_WORDS[latest.state]}`;

const OpenLine = ({ request, now }: { request: CustomerRequest; now: number }) => (
  <>
    <strong className="one-line">{request.title}</strong>
    <span className={request.state === 'needs_review' ? 'font-medium text-high' : ''}>
      {request.waitsFor}
    </span>
    <span className="one-line text-ink-quiet">
      asked by <bdi>{request.requestedBy}</bdi> <TimeText at={request.requestedAt} now={now} /> UTC
    </span>
    <Link to={requestPath(request.id)} className="ms-auto">
      Open request
    </Link>
  </>
);

const MAIL_WORDS: Record<MailKind, string> = {
  refund_on_its_way: 'refund on its way',
  refund_failed: 'refund failed',
  credits_returned: 'credits added',
};

const SettledLine = ({ request, now }: { request: CustomerRequest; now: number }) => (
  <p className="flex flex-wrap gap-x-3">
    <Link to={requestPath(request.id)}>{request.title}</Link>
    <span>
      {STATE_WORDS[request.state]} <TimeText at={request.changedAt} now={now} /> UTC
    </span>
    {request.stateReason === null ? null : (
      <span className="text-ink-quiet">
        <bdi>{request.stateReason}</bdi>
      </span>
    )}
    {request.mails.map(({ kind, address, sentAt }) => (
      <span key={kind} className="text-ink-quiet">
        mail “{MAIL_WORDS[kind]}” to <bdi>{address}</bdi>{' '}
        {sentAt === null ? (
          'not sent yet'
        ) : (
          <>
            sent <TimeText at={sentAt} now={now} /> UTC
          </>
        )}
      </span>
    ))}
  </p>
);
