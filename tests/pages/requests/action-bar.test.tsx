import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { ActionBar } from '#app/pages/requests/decide/action-bar.tsx';
import type { DecisionState } from '#app/pages/requests/decide/use-decision.ts';
import type { Post } from '#app/pages/shared/use-post.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { requestPage } from '#tests/factories/request-page.ts';

const nothing = () => undefined;
const post: Post = {
  ...{ send: () => false, sending: false, refusal: null, trouble: null },
  ...{ fields: {}, forget: nothing },
};

describe('the bar of decisions', () => {
  const password = {
    ...{ wanted: false, confirming: false, wrong: null, confirm: nothing, cancel: nothing },
  };
  const decision: DecisionState = {
    ...{ post, intent: null, differences: [], early: false, refusal: null, whyNotYes: null },
    ...{ setIntent: nothing, want: nothing, decide: nothing, look: nothing },
    ...{ breakGlass: nothing, password },
  };
  const bar = (page: RequestDetail, change: Partial<DecisionState> = {}) =>
    renderToStaticMarkup(
      <ActionBar page={page} decision={{ ...decision, ...change }} said={null} />,
    );
  test('says why a button cannot be pressed, in sight and to who reads aloud', () => {
    const why = 'You requested or edited this, so you can’t approve it.';
    const page = requestPage({ whyNot: { ...requestPage().whyNot, decide: why } });
    const markup = bar(page, { whyNotYes: why });
    expect(markup.match(/aria-disabled="true"/g)).toHaveLength(4);
    expect(markup).toContain(`>${why}</p>`);
  });
  test('a lead vouches, and what is settled has no buttons', () => {
    expect(bar(requestPage({ yes: 'vouch' }))).toContain('Approve as lead: $10.00 for');
    const settled = requestPage({ whyNot: { decide: 'It is done.', edit: 'x', withdraw: 'x' } });
    settled.line.state = 'succeeded';
    expect(bar(settled)).not.toContain('<button');
  });
  test('a reason is requested beside the evidence', () => {
    expect(bar(requestPage(), { intent: 'reject' })).toContain('Reason for rejecting');
    expect(bar(requestPage(), { intent: 'edit' })).toContain('Editing clears earlier approvals');
  });
  test('nothing else can be pressed or changed while the password is requested', () => {
    const wanted = { ...password, wanted: true };
    const markup = bar(requestPage(), { password: wanted, intent: 'glass' });
    expect(markup).toContain('Your password');
    expect(markup).toMatch(/<div hidden=""><form aria-label="Emergency approval"/);
    expect(bar(requestPage(), { intent: 'glass' })).not.toContain('<div hidden');
  });
});
