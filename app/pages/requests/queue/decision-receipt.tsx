import { Link } from '@remix-run/react';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { ShownRequest } from '#app/pages/requests/queue/request-columns.tsx';
import { EmailSection } from '#app/pages/shared/email-preview.tsx';
import { Section } from '#app/pages/shared/section.tsx';
import { OperationsSection } from '#app/pages/requests/detail/operations-section.tsx';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { Button } from '#app/ui/button.tsx';
import { Kbd } from '#app/ui/kbd.tsx';
import { TimeText } from '#app/ui/time-text.tsx';

/** What a person has just decided, as its history has it. */
export type Decided = RequestDetail['history'][number];

/** The last thing that a person did about a request. */
export const lastDecided = ({ history }: Pick<RequestDetail, 'history'>): Decided | null =>
  history.findLast(({ actorName }) => actorName !== null) ?? null;

interface DecisionReceiptProps {
  page: RequestDetail;
  decided: Decided | null;
  /** The next request that waits for this person; null: none does. */
  following: ShownRequest | null;
  onNext: () => void;
}

/**
 * What was just decided stays in view, followed as it goes on. Nothing here can be decided: the next
 * request comes when the person asks for it, and not under a key that was meant for this one.
 */
export function DecisionReceipt({ page, decided, following, onNext }: DecisionReceiptProps) {
  return (
    <>
      <div className="min-h-0 flex-1 overflow-auto" role="group" aria-label="Decision">
        <Receipt page={page} decided={decided} />
      </div>
      <div className="flex flex-none justify-end border-t border-hairline bg-raised px-3 py-2">
        <Button look="primary" tall aria-keyshortcuts="Enter" onClick={onNext}>
          {following === null ? 'Done' : <NextWords {...following} />} <Kbd>Enter</Kbd>
        </Button>
      </div>
    </>
  );
}

const NextWords = ({ title, customerName, customerId }: ShownRequest) => (
  <span className="one-line max-w-[44ch]">
    Next: {title} for <bdi>{customerName ?? customerId}</bdi>
  </span>
);

function Receipt({ page, decided }: Pick<DecisionReceiptProps, 'page' | 'decided'>) {
  const { line, customerName, asks, now, mails, foretold, steps } = page;
  return (
    <article aria-label="Receipt" className="grid gap-2 px-3 py-2">
      <header className="grid gap-0.5">
        <h2 className="flex flex-wrap items-baseline gap-x-3 text-heading">
          {line.title}
          <Link to={customerPath(line.customerId)} className="one-line max-w-[36ch] font-normal">
            <bdi>{customerName ?? line.customerId}</bdi>
          </Link>
        </h2>
        <p>{asks}</p>
      </header>
      {decided === null ? null : (
        <Section label="Decided">
          <p className="break-words">
            <bdi>{decided.actorName}</bdi>, <TimeText at={decided.at} now={now} /> UTC
          </p>
          <p className="break-words">
            <bdi>{decided.says}</bdi>
          </p>
        </Section>
      )}
      {steps.some(({ says }) => says === line.waitsFor) ? null : (
        <Section label="Next">
          <p className="font-medium">{line.waitsFor}.</p>
        </Section>
      )}
      <OperationsSection page={page} />
      <EmailSection page={page} />
      {mails.length > 0 || foretold !== null ? null : (
        <Section label="Customer">
          <p className="text-ink-quiet">No e-mail was sent to the customer.</p>
        </Section>
      )}
    </article>
  );
}
