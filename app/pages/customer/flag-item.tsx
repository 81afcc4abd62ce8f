import { Link } from '@remix-run/react';
import { Fragment, useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { FlagCard } from '#app/pages/customer/flag-cards.ts';
import { scrollTargetOf } from '#app/pages/customer/scroll-to-flag.ts';
import { RecordLink } from '#app/pages/shared/record-link.tsx';
import { refLabel } from '#app/pages/shared/record-labels.ts';
import { RemedyButtons } from '#app/pages/shared/remedies/remedy-buttons.tsx';
import { disabledReason } from '#app/pages/shared/flags/flag-rights.ts';
import type { FlagIntent, NamedTarget } from '#app/pages/shared/flags/flag-rights.ts';
import { alternativesOf } from '#app/domain/remedies/alternatives.ts';
import type { Suggestion } from '#app/domain/remedies/suggestion.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import type { CustomerRequest } from '#app/services/requests/views/load-customer-requests.ts';
import type { CustomerFlag, CustomerPageData } from '#app/services/customers/customer-page-data.ts';
import { Button } from '#app/ui/button.tsx';
import { Severity } from '#app/ui/severity.tsx';
import { TimeText } from '#app/ui/time-text.tsx';

interface FlagItemProps extends Shared {
  /** What is wrong with one record. */
  card: FlagCard;
  promises: CustomerPageData['promises'];
  /** Not settled. */
  requests: readonly CustomerRequest[];
}

interface Shared {
  view: Pick<CustomerPageData, 'at' | 'asOf'>;
  role: Role;
  goTo: (ref: string) => void;
  onRemedy: (proposal: Suggestion) => void;
  onAsk: (intent: FlagIntent, target: NamedTarget) => void;
}

/** One record's flags: a sentence in one line each, and the remedies of all of them as alternatives. */
export function FlagItem({ card, promises, requests, ...shared }: FlagItemProps) {
  const remedies = <CardRemedies card={card} requests={requests} {...shared} />;
  return (
    <li className="border-b border-hairline last:border-b-0">
      {card.map((flag, nth) => (
        <FlagLine
          key={flag.rule}
          flag={flag}
          promise={promises[flag.rule]}
          remedies={nth === 0 ? remedies : null}
          {...shared}
        />
      ))}
    </li>
  );
}

/** What has been requested because of these flags, and what else can be. */
function CardRemedies({
  card,
  requests,
  role,
  onRemedy,
}: Pick<FlagItemProps, 'card' | 'requests' | 'role' | 'onRemedy'>) {
  const draft = requests.filter(({ flagId }) =>
    card.some(({ id }) => id !== null && id === flagId),
  );
  const kinds = new Set(draft.map(({ kind }) => kind));
  const flagIds = new Set(draft.map(({ flagId }) => flagId));
  const proposals = alternativesOf(card.map(({ offer }) => offer))
    .filter((proposal) => !kinds.has(proposal.asked.kind))
    .map((proposal) => underItsFlag(proposal, flagIds));
  const buttons = proposals.map((proposal, nth) => (
    <Fragment key={proposal.label}>
      {nth > 0 && card.length > 1 ? <span className="text-ink-quiet">or</span> : null}
      <RemedyButtons
        offer={{ proposals: [proposal], whyNone: null }}
        role={role}
        onOpen={onRemedy}
      />
    </Fragment>
  ));
  return (
    <>
      {draft.map(({ id, title, waitsFor }) => (
        <Link key={id} to={requestPath(id)} className="one-line" title={waitsFor}>
          {title} requested
        </Link>
      ))}
      {card.length === 1 || buttons.length === 0 ? (
        buttons
      ) : (
        <span role="group" aria-label="One of these" className="flex items-center gap-3">
          {buttons}
        </span>
      )}
    </>
  );
}

/** One open request stands under each flag: beside it another is requested under none. */
const underItsFlag = (
  proposal: Suggestion,
  taken: ReadonlySet<CustomerRequest['flagId']>,
): Suggestion =>
  taken.has(proposal.asked.flagId)
    ? { ...proposal, asked: { ...proposal.asked, flagId: null } }
    : proposal;

interface FlagLineProps extends Shared {
  flag: CustomerFlag;
  promise: CustomerPageData['promises'][CustomerFlag['rule']];
  /** Null: they stand in the first line of the record. */
  remedies: ReactNode;
}

/** One flag: a sentence in one line; evidence, promise and decisions behind it. */
function FlagLine(props: FlagLineProps) {
  const { flag, promise, goTo, remedies } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  const [first] = flag.evidence;
  return (
    <div id={scrollTargetOf(flag)} tabIndex={-1}>
      <div className="flex min-h-7 items-center gap-3 px-3">
        <span className="w-[72px] flex-none">
          <Severity level={flag.severity} />
        </span>
        <p className="min-w-0 flex-1 min-[900px]:one-line" title={flag.sentence}>
          {flag.sentence}
          {flag.confidence === 'possible' ? (
            <span className="text-ink-quiet"> (possible)</span>
          ) : null}
        </p>
        {flag.assignee === null ? null : (
          <span
            className="one-line max-w-[16ch] text-ink-quiet"
            title={`Assigned to ${flag.assignee}`}
          >
            <bdi>{flag.assignee}</bdi>
          </span>
        )}
        {first === undefined ? null : (
          <Button look="plain" onClick={() => goTo(first)} title="Go to the first record">
            evidence {flag.evidenceCount}
          </Button>
        )}
        {remedies}
        <Button
          look="plain"
          aria-expanded={open}
          aria-controls={id}
          aria-label={`Promise and actions: ${promise?.title ?? flag.rule}`}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Less ▴' : 'More ▾'}
        </Button>
      </div>
      <div id={id} hidden={!open} className="grid gap-2 ps-[96px] pe-3 pb-2">
        {open ? <FlagDetail {...props} /> : null}
      </div>
    </div>
  );
}

function FlagDetail({ flag, promise, view, role, goTo, onAsk }: FlagLineProps) {
  const whyNots = flag.offer?.proposals.flatMap((proposal) => proposal.whyNot ?? []) ?? [];
  return (
    <>
      {flag.sentence.length > 120 ? <p>{flag.sentence}</p> : null}
      {promise === undefined ? null : (
        <p>
          {promise.says} <q className="text-ink-quiet">{promise.line}</q>{' '}
          <span className="text-ink-quiet">
            Since <TimeText at={flag.since} now={view.at} /> UTC.
          </span>
        </p>
      )}
      <ul className="flex flex-wrap gap-x-4" aria-label="Evidence">
        {flag.evidence.map((ref) => (
          <li key={ref} className="max-w-[32ch] min-w-0">
            <RecordLink to={ref} text={refLabel(ref)} goTo={goTo} />
          </li>
        ))}
        {flag.evidenceCount > flag.evidence.length ? (
          <li className="text-ink-quiet">and {flag.evidenceCount - flag.evidence.length} more</li>
        ) : null}
      </ul>
      {flag.offer?.whyNone ? <p className="text-ink-quiet">{flag.offer.whyNone}</p> : null}
      {[...new Set(whyNots)].map((words) => (
        <p key={words} className="text-ink-quiet">
          {words}
        </p>
      ))}
      <FlagActions {...{ flag, view, role, onAsk }} />
    </>
  );
}

const INTENTS = [
  ['dismiss', 'Dismiss…'],
  ['snooze', 'Snooze…'],
  ['assign', 'Assign…'],
] as const;

function FlagActions({
  flag,
  view,
  role,
  onAsk,
}: Pick<FlagLineProps, 'flag' | 'view' | 'role' | 'onAsk'>) {
  const { version, severity, sentence } = flag;
  const id = flag.id ?? '';
  const target = { id, version, severity, sentence, state: 'open', customer: null };
  const never =
    view.asOf !== null
      ? 'You’re viewing the past. Go back to now first.'
      : flag.id === null
        ? 'New. Actions become available within a minute.'
        : null;
  const reasons = INTENTS.map(([intent]) => never ?? disabledReason(intent, role, [target]));
  return (
    <div className="flex flex-wrap items-center gap-2">
      {INTENTS.map(([intent, words], i) => (
        <Button
          key={intent}
          disabledReason={reasons[i] ?? null}
          onClick={() => onAsk(intent, target)}
        >
          {words}
        </Button>
      ))}
      <span className="text-small text-ink-quiet">
        {[...new Set(reasons)].filter((reason) => reason !== null).join(' ')}
      </span>
    </div>
  );
}
