import { Link } from '@remix-run/react';
import { useState } from 'react';
import { STATE_LABELS } from '#app/domain/requests/state-machine.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { ReasonForm } from '#app/pages/shared/reason-form.tsx';
import { SentMail } from '#app/pages/shared/email-preview.tsx';
import { usePost } from '#app/pages/shared/use-post.ts';
import type {
  CustomerRequest,
  CustomerRequests,
} from '#app/services/requests/views/load-customer-requests.ts';
import { Button } from '#app/ui/button.tsx';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';
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
            summary={`${settled.length} ${settled.length === 1 ? 'request' : 'requests'} closed in the last 30 days: ${brief(settled)}`}
          >
            <ul className="grid gap-1 pt-1">
              {settled.map((request) => (
                <li key={request.id}>
                  <ClosedRequestLine request={request} now={now} />
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
  latest === undefined ? '' : `${latest.title}, ${STATE_LABELS[latest.state]}`;

function OpenLine({ request, now }: { request: CustomerRequest; now: number }) {
  const [withdrawing, setWithdrawing] = useState(false);
  return (
    <>
      <strong className="one-line">{request.title}</strong>
      <span className={request.state === 'needs_review' ? 'font-medium text-high' : ''}>
        {request.waitsFor}
      </span>
      <span className="one-line text-ink-quiet">
        requested by <bdi>{request.requestedBy}</bdi>{' '}
        <TimeText at={request.requestedAt} now={now} /> UTC
      </span>
      <span className="ms-auto flex items-center gap-3">
        {request.whyNotWithdraw === null && !withdrawing ? (
          <Button look="plain" onClick={() => setWithdrawing(true)}>
            Withdraw…
          </Button>
        ) : null}
        <Link to={requestPath(request.id)}>Open request</Link>
      </span>
      {withdrawing ? (
        <WithdrawForm requestId={request.id} onClose={() => setWithdrawing(false)} />
      ) : null}
      <Mails request={request} now={now} />
    </>
  );
}

function WithdrawForm({ requestId, onClose }: { requestId: string; onClose: () => void }) {
  const post = usePost(requestId, onClose);
  const wrong = post.trouble ?? post.refusal?.says ?? null;
  return (
    <div className="grid w-full max-w-[640px] gap-1 pt-1 pb-2">
      <ReasonForm
        intent="withdraw"
        post={post}
        onSend={(reason) => post.send('withdraw', { reason })}
        onCancel={onClose}
      />
      {wrong === null ? null : <ErrorText>{wrong}</ErrorText>}
    </div>
  );
}

const ClosedRequestLine = ({ request, now }: { request: CustomerRequest; now: number }) => (
  <>
    <p className="flex flex-wrap gap-x-3">
      <Link to={requestPath(request.id)}>{request.title}</Link>
      <span>
        {STATE_LABELS[request.state]} <TimeText at={request.changedAt} now={now} /> UTC
      </span>
      {request.stateReason === null ? null : (
        <span className="text-ink-quiet">
          <bdi>{request.stateReason}</bdi>
        </span>
      )}
    </p>
    <Mails request={request} now={now} />
  </>
);

/** What the customer was told of it, to be read and copied. */
const Mails = ({ request: { mails }, now }: { request: CustomerRequest; now: number }) =>
  mails.length === 0 ? null : (
    <ul aria-label="Mails" className="grid w-full gap-1 ps-4">
      {mails.map((mail) => (
        <li key={mail.id}>
          <SentMail mail={mail} now={now} />
        </li>
      ))}
    </ul>
  );
