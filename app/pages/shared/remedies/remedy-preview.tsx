import { Link } from '@remix-run/react';
import { formatCreditCount } from '#app/domain/money/credits.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { Preview } from '#app/pages/shared/remedies/use-preview.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { BalanceChange, GuardList } from '#app/pages/shared/guard-list.tsx';
import { EmailText } from '#app/pages/shared/email-preview.tsx';
import type { ActorPreview } from '#app/services/requests/lifecycle/preview-request.ts';

interface RemedyPreviewProps {
  kind: RemedyDraft['kind'];
  preview: Preview | null;
  /** What is shown is not yet that of what is typed. */
  behind: boolean;
}

/** What will happen: what must hold, the balance, who decides, what the customer is told. */
export function RemedyPreview({ kind, preview, behind }: RemedyPreviewProps) {
  const shown = preview?.shown ?? null;
  return (
    <section
      aria-label="What will happen"
      aria-busy={behind}
      className="grid min-h-[132px] content-start gap-2 border-t border-hairline pt-2"
    >
      {preview === null ? <p className="text-ink-quiet">Checking…</p> : null}
      {preview?.trouble ? <p className="text-high">{preview.trouble}</p> : null}
      <StandingInTheWay preview={preview} />
      {shown?.weighed ? <EvaluationSection kind={kind} shown={shown} /> : null}
      {shown?.foretold ? <EmailPreviewSection foretold={shown.foretold} /> : null}
    </section>
  );
}

/** Somebody has asked for the same: the way to it. */
function StandingInTheWay({ preview }: { preview: Preview | null }) {
  const refusal = preview?.refusal ?? null;
  if (refusal === null || refusal.refused === 'invalid') return null;
  // Asked for where it is answered: beside its own field.
  if (refusal.refused === 'conflict' && refusal.mayRepeat) return null;
  return (
    <p className="font-medium text-high">
      {refusal.says}{' '}
      {refusal.refused === 'conflict' && refusal.otherId !== null ? (
        <Link to={requestPath(refusal.otherId)}>Open</Link>
      ) : null}
    </p>
  );
}

function EvaluationSection({ kind, shown }: { kind: RemedyDraft['kind']; shown: ActorPreview }) {
  const { weighed, takeBack } = shown;
  if (weighed === null) return null;
  return (
    <>
      <p className="font-medium">
        {weighed.verdict.words}
        {weighed.needsWord ? ' A lead approves too.' : ''}
      </p>
      <GuardList guards={weighed.guards} />
      {kind === 'generation_hold' ? null : (
        <div>
          <BalanceChange {...weighed.balance} />
          {kind === 'refund' && takeBack > 0 ? (
            <p className="text-ink-quiet">{formatCreditCount(takeBack)} are taken back.</p>
          ) : null}
        </div>
      )}
    </>
  );
}

const EmailPreviewSection = ({ foretold }: { foretold: NonNullable<ActorPreview['foretold']> }) =>
  foretold.kind === 'nothing' ? (
    <p className="text-ink-quiet">Customer: {foretold.why}</p>
  ) : (
    <div>
      <p className="text-ink-quiet">
        E-mail to <bdi>{foretold.address}</bdi>: “{foretold.subject}”
      </p>
      <p className="text-small text-ink-quiet">{foretold.preview}</p>
      <EmailText {...foretold} />
    </div>
  );
