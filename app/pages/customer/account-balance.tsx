import { formatCredits } from '#app/domain/money/credits.ts';
import type { CustomerPageData } from '#app/services/customers/customer-page-data.ts';
import { TimeText } from '#app/ui/time-text.tsx';

interface AccountBalanceProps {
  balance: CustomerPageData['balance'];
  at: number;
  zone: string | null;
}

/** The ledger's balance, and what the product shows, each said to be of its own instant. */
export function AccountBalance({ balance: { ledger, reported }, at, zone }: AccountBalanceProps) {
  return (
    <>
      <span>
        Ledger{' '}
        <b className={`number ${ledger < 0 ? 'text-critical' : ''}`}>{formatCredits(ledger)}</b>
        {ledger < 0 ? ' (below zero)' : ''}
      </span>
      {reported === null ? (
        <span className="text-ink-quiet">Not reported by the product</span>
      ) : (
        <span>
          Shown in product <b className="number">{formatCredits(reported.credits)}</b>
          {reported.at === null ? null : (
            <span className="text-ink-quiet">
              {' at '}
              <TimeText at={reported.at} now={at} zone={zone} />
            </span>
          )}
          <span className="number"> ({words(reported)})</span>
        </span>
      )}
    </>
  );
}

/** `matches the ledger then; +57 since`. */
function words({
  agreement,
  since,
}: NonNullable<AccountBalanceProps['balance']['reported']>): string {
  const later = since === 0 ? '' : `; ${formatCredits(since, { signed: true })} since`;
  switch (agreement.kind) {
    case 'agrees':
      return since === 0 ? 'agrees' : `matches the ledger then${later}`;
    case 'differs':
      return `${formatCredits(agreement.by, { signed: true })} against the ledger then${later}`;
    case 'unclear':
      return `can’t be compared: ${agreement.why}${later}`;
  }
}
