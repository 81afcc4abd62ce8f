import { Link } from '@remix-run/react';
import { useId, useState } from 'react';
import { flagTarget } from '#app/pages/customer/flag-target.ts';
import { RefLink } from '#app/pages/customer/ref-link.tsx';
import { refWords } from '#app/pages/customer/row-words.ts';
import { RemedyButtons } from '#app/pages/remedies/remedy-buttons.tsx';
import { whyNot } from '#app/pages/flags/flag-rights.ts';
import type { FlagIntent, Target } from '#app/pages/flags/flag-rights.ts';
import type { Proposal } from '#app/domain/requests/proposal.ts';
import type { Role } from '#app/domain/roles.ts';
import { requestPath } from '#app/pages/request-path.ts';
import type { CustomerRequest } from '#app/services/money/customer-requests.ts';
import type { CustomerFlag, CustomerView } from '#app/services/customer-view.ts';
import { Button } from '#app/ui/button.tsx';
import { Severity } from '#app/ui/severity.tsx';
import { TimeText } from '#app/ui/time-text.tsx';

interface FlagItemProps {
  flag: CustomerFlag;
  promise: CustomerView['promises'][CustomerFlag['rule']];
  view: Pick<CustomerView, 'at' | 'asOf'>;
  role: Role;
  goTo: (ref: string) => void;
  /** What has been asked for because of it, and is not settled. */
  request: CustomerRequest | undefined;
  onRemedy: (proposal: Proposal) => void;
  onAsk: (intent: FlagIntent, target: Target) => void;
}

/** One flag: a sentence in one line; evidence, promise and decisions behind it. */
export function FlagItem(props: FlagItemProps) {
  const { flag, promise, role, goTo, request, onRemedy } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  const [first] = flag.evidence;
  return (
    <li id={flagTarget(flag)} tabIndex={-1} className="border-b border-hairline last:border-b-0">
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
          <Button
            look="plain"
            onClick={() => goTo(first)}
            title="Go to the first record of the evidence"
          >
            evidence {flag.evidenceCount}
          </Button>
        )}
        {request === undefined ? (
          flag.offer && <RemedyButtons offer={flag.offer} role={role} onOpen={onRemedy} />
        ) : (
          <Link to={requestPath(request.id)} className="one-line" title={request.waitsFor}>
            {request.title} asked for
          </Link>
        )}
        <Button
          look="plain"
          aria-expanded={open}
          aria-controls={id}
          aria-label={`Promise and actions: ${promise?.title ?? flag.rule}`}
          onClick={() => setOpen(!open)}
        >
          {open ? 'less ▴' : 'details ▾'}
        </Button>
      </div>
      <div id={id} hidden={!open} className="grid gap-2 ps-[96px] pe-3 pb-2">
        {open ? <FlagDetail {...props} /> : null}
      </div>
    </li>
  );
}

function FlagDetail({ flag, promise, view, role, goTo, onAsk }: FlagItemProps) {
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
            <RefLink to={ref} text={refWords(ref)} goTo={goTo} />
          </li>
        ))}
        {flag.evidenceCount > flag.evidence.length ? (
          <li className="text-ink-quiet">and {flag.evidenceCount - flag.evidence.length} more</li>
        ) : null}
      </ul>
      {flag.offer?.whyNone ? <p className="text-ink-quiet">{flag.offer.whyNone}</p> : null}
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
}: Pick<FlagItemProps, 'flag' | 'view' | 'role' | 'onAsk'>) {
  const { id, version, severity } = flag;
  const target: Target = { id: id ?? '', version, severity, state: 'open' };
  const never =
    view.asOf !== null
      ? 'The past is shown: go back to now first.'
      : id === null
        ? 'Found this moment; it can be decided once the sweep has kept it, within a minute.'
        : null;
  const reasons = INTENTS.map(([intent]) => never ?? whyNot(intent, role, [target]));
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
