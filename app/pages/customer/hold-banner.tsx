import type { Suggestion } from '#app/domain/remedies/suggestion.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { RemedyButtons } from '#app/pages/shared/remedies/remedy-buttons.tsx';
import type { CustomerPage } from '#app/pages/customer/page-data.ts';
import { Banner } from '#app/ui/banner.tsx';
interface HoldBannerProps {
  page: Pick<CustomerPage, 'id' | 'asOf'>;
  role: Role;
  onRemedy: (proposal: Suggestion) => void;
}

/** The customer cannot generate: said to everybody, with the way to let go. */
export const HoldBanner = ({ page, role, onRemedy }: HoldBannerProps) => (
  <Banner tone="warning" label="Hold">
    <strong className="text-high">▲ Generation on hold</strong>
    <span>The customer cannot generate until it is released.</span>
    {page.asOf === null ? (
      <span className="ms-auto">
        <RemedyButtons
          offer={{ proposals: [releaseHold(page.id)], whyNone: null }}
          role={role}
          onOpen={onRemedy}
        />
      </span>
    ) : null}
  </Banner>
);

const releaseHold = (customerId: string): Suggestion => ({
  label: 'Release hold',
  emphasis: 'main',
  asked: {
    ...{ kind: 'generation_hold', customerId, flagId: null, evidence: [], hold: false },
    reason: 'The balance is fixed.',
  },
});
