import { renderToStaticMarkup } from 'react-dom/server';
import { StaticRouter } from 'react-router-dom/server.js';
import { describe, expect, test } from 'vitest';
import { suggestForFlag } from '#app/domain/remedies/suggest-for-flag.ts';
import { flagCards } from '#app/pages/customer/flag-cards.ts';
import { FlagItem } from '#app/pages/customer/flag-item.tsx';
import type { CustomerRequest } from '#app/services/requests/views/load-customer-requests.ts';
import type { CustomerFlag } from '#app/services/customers/customer-page-data.ts';

const NOW = Date.UTC(2026, 4, 7, 12);

const flag = (change: Partial<CustomerFlag>): CustomerFlag => ({
  ...{ id: 'flg_1', rule: 'missing-credits', subject: 'payment:ch_1', severity: 'high' },
  ...{ confidence: 'confirmed', sentence: 'No credits have arrived.', since: NOW },
  ...{ evidence: ['payment:ch_1'], evidenceCount: 1, version: 1, assignee: null, offer: null },
  ...change,
});
const missing = flag({
  offer: suggestForFlag({
    ...{ id: 'flg_1', rule: 'missing-credits', subject: 'payment:ch_1', customerId: 'org_1' },
    ...{ confidence: 'confirmed', credits: 5_000, amount: null, currency: null, evidence: [] },
    facts: { amount: 4_900, refunded: 0, granted: 0, currency: 'usd' },
    sentence: 'No credits have arrived.',
  }),
});
const duplicate = flag({
  ...{ id: 'flg_2', rule: 'duplicate-charge', sentence: 'Charged twice.' },
  offer: suggestForFlag({
    ...{ id: 'flg_2', rule: 'duplicate-charge', subject: 'payment:ch_1', customerId: 'org_1' },
    ...{ confidence: 'confirmed', credits: null, amount: 4_900, currency: 'usd', evidence: [] },
    facts: { granted: 0 },
    sentence: 'Charged twice.',
  }),
});

const markupOf = (flags: readonly CustomerFlag[], requests: readonly CustomerRequest[] = []) =>
  renderToStaticMarkup(
    <StaticRouter location="/">
      <ul>
        {flagCards(flags).map((card) => (
          <FlagItem
            key={card[0].subject}
            card={card}
            promises={{}}
            requests={requests}
            {...{ view: { at: NOW, asOf: null }, role: 'agent' as const }}
            goTo={() => undefined}
            onRemedy={() => undefined}
            onAsk={() => undefined}
          />
        ))}
      </ul>
    </StaticRouter>,
  );
const times = (markup: string, what: string | RegExp): number => markup.split(what).length - 1;

describe('the flags of one record', () => {
  test('are one card with both sentences and each remedy once', () => {
    const markup = markupOf([missing, duplicate]);
    expect(times(markup, '<li ')).toBe(1);
    expect(markup).toContain('No credits have arrived.');
    expect(markup).toContain('Charged twice.');
    expect(times(markup, 'Grant 5,000')).toBe(1);
    expect(times(markup, 'Refund $49.00…')).toBe(1);
    expect(markup).toMatch(/role="group" aria-label="One of these".*Grant.*>or<.*Refund/);
    // Each keeps its own details and its own place that marks on the chart lead to.
    expect(times(markup, 'Promise and actions')).toBe(2);
    expect(markup).toContain('id="flag-missing-credits-payment_ch_1"');
    expect(markup).toContain('id="flag-duplicate-charge-payment_ch_1"');
  });

  test('say why not beside what has been requested because of either', () => {
    const request = { id: 'req_1', kind: 'refund', flagId: 'flg_2', title: 'Refund $49.00' };
    const [grant] = missing.offer?.proposals ?? [];
    const why = 'A refund of $49.00 for this payment is waiting for approval.';
    const offer = grant ? { proposals: [{ ...grant, whyNot: why }], whyNone: null } : null;
    // As much of it as the card looks at.
    const asked = request as unknown as CustomerRequest;
    const markup = markupOf([{ ...missing, offer }, duplicate], [asked]);
    expect(markup).toContain('Refund $49.00 requested');
    expect(times(markup, 'Refund $49.00…')).toBe(0);
    expect(markup).toMatch(
      new RegExp(`aria-disabled="true"[^>]*title="${why.replaceAll(/[.$]/g, '\\$&')}"[^>]*>Grant`),
    );
  });

  test('of other records and of the customer stay apart', () => {
    const [one, two] = [flag({}), flag({ subject: 'payment:ch_2' })];
    const whole = [
      flag({ rule: 'negative-balance', subject: 'customer:org_1' }),
      flag({ rule: 'balance-mismatch', subject: 'customer:org_1' }),
    ];
    expect(flagCards([one, two, ...whole, duplicate])).toEqual([
      [one, duplicate],
      [two],
      ...whole.map((each) => [each]),
    ]);
  });
});
