import { useState } from 'react';
import { flagCards } from '#app/pages/customer/flag-cards.ts';
import { FlagItem } from '#app/pages/customer/flag-item.tsx';
import { DataIncomplete } from '#app/pages/customer/stream-freshness.tsx';
import { ClosedFlags } from '#app/pages/customer/closed-flags.tsx';
import { DecisionDialog } from '#app/pages/shared/flags/decision-dialog.tsx';
import type { FlagIntent, NamedTarget } from '#app/pages/shared/flags/flag-rights.ts';
import type { Suggestion } from '#app/domain/remedies/suggestion.ts';
import type { Role } from '#app/domain/access/roles.ts';
import type { CustomerRequest } from '#app/services/requests/views/load-customer-requests.ts';
import type { CustomerPageData } from '#app/services/customers/customer-page-data.ts';
import type { FlagOutcome } from '#app/services/flags/decide-flags.ts';
import { Button } from '#app/ui/button.tsx';

/** Records with flags in view before the rest is asked for: the tables must fit under them. */
const FEW = 4;

interface FlagListProps {
  view: Pick<
    CustomerPageData,
    'id' | 'at' | 'asOf' | 'streams' | 'flags' | 'openFlags' | 'settledFlags' | 'promises'
  >;
  role: Role;
  staff: readonly { id: string; name: string }[];
  goTo: (ref: string) => void;
  /** Not settled. */
  requests: readonly CustomerRequest[];
  onRemedy: (proposal: Suggestion) => void;
}

/** What is wrong with the account, worst first, each in one sentence. */
export function FlagList(props: FlagListProps) {
  const { view, role, staff, goTo, requests, onRemedy } = props;
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState<{ intent: FlagIntent; target: NamedTarget } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { flags, openFlags, promises } = view;
  const cards = flagCards(flags);
  const waits = view.streams.some(({ waitsFor }) => waitsFor !== null);
  const shown = all ? cards : cards.slice(0, FEW);
  const shownFlags = shown.reduce((sum, card) => sum + card.length, 0);
  const done = (outcomes: FlagOutcome[]) =>
    setSaid(outcomes[0]?.says ?? 'Done. The flag is no longer open, or was assigned to someone.');
  return (
    <section aria-label="Flags" className="border-t border-hairline">
      <h2 className="sr-only">Flags</h2>
      {flags.length === 0 ? <NoFlags past={view.asOf !== null} waits={waits} /> : null}
      <ul>
        <DataIncomplete streams={view.streams} at={view.at} />
        {shown.map((card) => (
          <FlagItem
            key={`${card[0].rule} ${card[0].subject}`}
            card={card}
            promises={promises}
            view={view}
            role={role}
            goTo={goTo}
            requests={requests}
            onRemedy={onRemedy}
            onAsk={(intent, target) => setAsked({ intent, target })}
          />
        ))}
      </ul>
      <div className="flex items-center gap-4 px-3 empty:hidden">
        {openFlags > shownFlags ? (
          <MoreFlags
            shown={shownFlags}
            loaded={flags.length}
            all={openFlags}
            onAll={() => setAll(true)}
          />
        ) : null}
        {view.settledFlags === null || view.settledFlags === 0 ? null : (
          <ClosedFlags customerId={view.id} count={view.settledFlags} now={view.at} />
        )}
        <p role="status" className="text-small text-ink-quiet empty:hidden">
          {said}
        </p>
      </div>
      <DecisionDialog
        intent={asked?.intent ?? null}
        targets={asked === null ? [] : [asked.target]}
        staff={staff}
        now={view.at}
        onClose={() => setAsked(null)}
        onDone={done}
      />
    </section>
  );
}

const NoFlags = ({ past, waits }: { past: boolean; waits: boolean }) => (
  <p className="px-3 py-1.5 text-ink-quiet">
    {past ? 'No flags as of then' : 'No open flags'}
    {waits ? ' found so far.' : ': all rules pass.'}
  </p>
);

interface MoreFlagsProps {
  shown: number;
  loaded: number;
  all: number;
  onAll: () => void;
}

const MoreFlags = ({ shown, loaded, all, onAll }: MoreFlagsProps) =>
  shown < loaded ? (
    <Button look="plain" onClick={onAll}>
      {all - shown} more {all - shown === 1 ? 'flag' : 'flags'}
    </Button>
  ) : (
    <span className="text-small text-ink-quiet">
      and {all - shown} more of lower severity or newer
    </span>
  );
