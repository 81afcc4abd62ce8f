import { Link } from '@remix-run/react';
import { useEffect, useId, useRef } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { toFormFields } from '#app/domain/remedies/remedy-draft.ts';
import { STATE_LABELS } from '#app/domain/requests/state-machine.ts';
import type { Suggestion } from '#app/domain/remedies/suggestion.ts';
import { customerPath, requestPath } from '#app/pages/shared/paths.ts';
import { RepeatReasonField } from '#app/pages/shared/remedies/repeat-reason-field.tsx';
import { EvidenceChips } from '#app/pages/shared/remedies/evidence-chips.tsx';
import { RemedyFields } from '#app/pages/shared/remedies/remedy-fields.tsx';
import { RemedyPreview } from '#app/pages/shared/remedies/remedy-preview.tsx';
import { useDraft } from '#app/pages/shared/remedies/use-draft.ts';
import { useSubmitRemedy } from '#app/pages/shared/remedies/use-submit-remedy.ts';
import type { SubmitRemedyState } from '#app/pages/shared/remedies/use-submit-remedy.ts';
import type { CustomerRequest } from '#app/services/requests/views/load-customer-requests.ts';
import { Button } from '#app/ui/button.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';

export interface RemedyPanelProps {
  customerId: string;
  proposal: Suggestion;
  /** Changes when the page's facts do. */
  version: number;
  /** The row that is chosen on the page. */
  chosen: string | null;
  /** Open and recent requests of the customer: among them, soon, the one made here. */
  requests: readonly CustomerRequest[];
  goTo: (ref: string) => void;
  onClose: () => void;
}

/** Asks for a remedy beside the page, which stays in use. */
export function RemedyPanel(props: RemedyPanelProps) {
  const { customerId, proposal, requests, onClose } = props;
  const asking = useSubmitRemedy(`${customerPath(customerId)}/remedies`);
  const made = asking.answer?.made ?? null;
  const titleId = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // It is used up: the page lets go of its row at the next one.
    event.preventDefault();
    onClose();
  };
  return (
    // Escape closes the panel from wherever in it one is; its parts have their own keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside className="remedy-panel" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <div className="flex items-baseline gap-3">
        <h2 id={titleId} className="min-w-0 flex-1 text-heading">
          {proposal.label.replace(/…$/u, '')}
        </h2>
        <Button look="plain" onClick={onClose}>
          Close (Esc)
        </Button>
      </div>
      {made === null ? (
        <RemedyForm {...props} asking={asking} />
      ) : (
        <Made made={made} requests={requests} onClose={onClose} />
      )}
    </aside>
  );
}

function RemedyForm(props: RemedyPanelProps & { asking: SubmitRemedyState }) {
  const { proposal, chosen, goTo, onClose, asking } = props;
  const { asked } = proposal;
  const { draft, change, form, faults, preview, behind, said, other, earlier, whyNot, isAlone } =
    useDraft({
      ...{ asked, write: toFormFields, version: props.version, answer: asking.answer },
      previewPath: `${customerPath(props.customerId)}/remedies/preview`,
    });
  const frame = useRef<HTMLFormElement>(null);
  useEffect(() => {
    frame.current?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true });
  }, []);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (form !== null && whyNot === null) asking.send(form);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    frame.current?.requestSubmit();
  };
  return (
    // Keys of the fields inside, which bubble up to the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={frame}
      aria-label="Remedy"
      className="flex flex-auto flex-col gap-3"
      {...{ onSubmit, onKeyDown }}
    >
      <RemedyFields {...{ asked, draft, faults }} onChange={change}>
        {asked.kind === 'generation_hold' ? null : (
          <EvidenceChips
            evidence={draft.evidence}
            error={faults['evidence'] ?? null}
            onChange={(evidence) => change({ evidence })}
            {...{ chosen, goTo }}
          />
        )}
      </RemedyFields>
      <RepeatReasonField
        {...{ earlier, again: draft.again, error: faults['again'] ?? null, onChange: change }}
      />
      <RemedyPreview {...{ kind: asked.kind, preview, behind }} />
      {said === null ? null : (
        <ErrorText>
          {said} {other === null ? null : <Link to={requestPath(other)}>Open</Link>}
        </ErrorText>
      )}
      <div className="remedy-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          title="Ctrl or ⌘ with Enter"
          disabledReason={asking.sending ? 'Sending.' : whyNot}
        >
          {asking.sending ? 'Sending…' : isAlone ? 'Apply now' : 'Request approval'}
        </Button>
      </div>
    </form>
  );
}

const resultMessage = ({ state, repeated }: MadeProps['made']): string => {
  if (repeated) return `Already received the first time. It is ${STATE_LABELS[state]}.`;
  return state === 'approved' ? 'Approved automatically. Sending…' : 'Approval requested.';
};

interface MadeProps {
  made: NonNullable<NonNullable<SubmitRemedyState['answer']>['made']>;
  requests: readonly CustomerRequest[];
  onClose: () => void;
}

/** It was asked for: where it stands, followed while the panel is open. */
function Made({ made, requests, onClose }: MadeProps) {
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => done.current?.focus({ preventScroll: true }), []);
  const line = requests.find(({ id }) => id === made.requestId);
  return (
    <div className="grid gap-3">
      <p role="status">
        <strong>{resultMessage(made)}</strong> {made.verdict}
      </p>
      {line === undefined ? null : (
        <p>
          <span className="text-ink-quiet">{line.title}:</span> {line.waitsFor}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Link className="button" to={requestPath(made.requestId)}>
          Open the request
        </Link>
        <Button ref={done} look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
