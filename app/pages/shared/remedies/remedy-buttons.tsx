import type { Offer, Suggestion } from '#app/domain/remedies/suggestion.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { Button } from '#app/ui/button.tsx';

interface RemedyButtonsProps {
  offer: Offer;
  role: Role;
  onOpen: (proposal: Suggestion) => void;
}

const NOT_YOURS = 'Your role can’t request remedies.';

/** The remedies that are offered, each opening the panel filled in. */
export const RemedyButtons = ({ offer, role, onOpen }: RemedyButtonsProps) => (
  <>
    {offer.proposals.map((proposal) => (
      <Button
        key={proposal.label}
        disabledReason={may(role, 'requests.ask') ? (proposal.whyNot ?? null) : NOT_YOURS}
        onClick={() => onOpen(proposal)}
      >
        {proposal.label}
      </Button>
    ))}
  </>
);
