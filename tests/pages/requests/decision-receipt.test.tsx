import { renderToStaticMarkup } from 'react-dom/server';
import { StaticRouter } from 'react-router-dom/server.js';
import { expect, test } from 'vitest';
import { DecisionReceipt } from '#app/pages/requests/queue/decision-receipt.tsx';
import type { ShownRequest } from '#app/pages/requests/queue/request-columns.tsx';
import { requestPage, shownStep } from '#tests/factories/request-page.ts';

const textOf = (waitsFor: string, says: string | null, following: ShownRequest | null): string => {
  const page = requestPage({
    line: { ...requestPage().line, waitsFor },
    steps: says === null ? [] : [shownStep({ says })],
  });
  const receipt = { page, decided: null, following, onNext: () => undefined };
  return renderToStaticMarkup(
    <StaticRouter location="/requests">
      <DecisionReceipt {...receipt} />
    </StaticRouter>,
  )
    .replace(/<[^>]+>/g, '|')
    .replace(/\|+/g, '|');
};
const times = (text: string, words: string): number => text.split(words).length - 1;

test('how far it is stands there once', () => {
  const text = textOf('Queued', 'Queued', null);
  expect(times(text, 'Queued')).toBe(1);
  expect(text).toContain('Refund $10.00: |Queued');
});

test('what comes next is said where no step says it', () => {
  expect(textOf('Waiting for finance', null, null)).toContain('|Next|Waiting for finance.|');
  expect(textOf('The credits are not taken back yet', 'Done', null)).toContain('|Next|The credits');
});

test('the next one is named with its customer', () => {
  const base = { ...requestPage().line, title: 'Refund $49.00', gone: false };
  const state = { whyNot: null, mine: 'decide', stuck: null, shortage: null } as const;
  const next: ShownRequest = { ...base, ...state, customerName: 'Quai Nord' };
  expect(textOf('Done', null, next)).toMatch(/Next: \|?Refund \$49\.00\|? for \|Quai Nord\|/);
  expect(textOf('Done', null, { ...next, customerName: null })).toContain('for |org_1|');
  expect(textOf('Done', null, null)).toContain('|Done |Enter|');
});
