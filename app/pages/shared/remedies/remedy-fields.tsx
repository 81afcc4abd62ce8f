import type { ReactNode } from 'react';
import { CREDIT_CHOICE_LABELS, GROUND_LABELS, CAUSE_LABELS } from '#app/domain/requests/labels.ts';
import { CREDIT_CHOICES, REFUND_GROUNDS } from '#app/domain/requests/request.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { Draft } from '#app/pages/shared/remedies/draft.ts';
import { SelectField, TextAreaField, TextField } from '#app/ui/field.tsx';
import { LONGEST_REASON } from '#app/domain/reason.ts';

export interface RemedyFieldsProps {
  asked: RemedyDraft;
  draft: Draft;
  faults: Readonly<Record<string, string>>;
  onChange: (change: Partial<Draft>) => void;
  /** Between what is asked and why. */
  children?: ReactNode;
}

/** What can be changed of a proposal before it is asked for. */
export function RemedyFields(props: RemedyFieldsProps) {
  const { asked, draft, faults, onChange, children } = props;
  return (
    <>
      {asked.kind === 'refund' ? <RefundFields {...props} asked={asked} /> : null}
      {asked.kind === 'credit_adjustment' ? (
        <TextField
          label={asked.credits > 0 ? 'Credits to add' : 'Credits to take back'}
          hint={CAUSE_LABELS[asked.cause]}
          name="credits"
          inputMode="numeric"
          autoComplete="off"
          value={draft.credits}
          onChange={({ target }) => onChange({ credits: target.value })}
          error={faults['credits'] ?? null}
        />
      ) : null}
      {children}
      <TextAreaField
        label="Reason"
        name="reason"
        hint="For the approver. The customer won’t see this."
        maxLength={LONGEST_REASON}
        value={draft.reason}
        onChange={({ target }) => onChange({ reason: target.value })}
        error={faults['reason'] ?? null}
      />
    </>
  );
}

type RefundFieldsProps = RemedyFieldsProps & { asked: Extract<RemedyDraft, { kind: 'refund' }> };

function RefundFields({ asked, draft, faults, onChange }: RefundFieldsProps) {
  return (
    <>
      <div className="grid grid-cols-[132px_minmax(0,1fr)] items-start gap-3">
        <TextField
          label={`Amount (${asked.currency.toUpperCase()})`}
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          className="number text-end"
          value={draft.amount}
          onChange={({ target }) => onChange({ amount: target.value })}
          error={faults['amount'] ?? null}
        />
        <SelectField
          label="Basis"
          name="ground"
          value={draft.ground}
          onChange={({ target }) => {
            const ground = REFUND_GROUNDS.find((each) => each === target.value);
            if (ground !== undefined) onChange({ ground });
          }}
          options={REFUND_GROUNDS.map((value) => ({ value, label: GROUND_LABELS[value] }))}
          error={faults['ground'] ?? null}
        />
      </div>
      <SelectField
        label="Credits from this payment"
        name="creditChoice"
        value={draft.creditChoice}
        onChange={({ target }) => {
          const creditChoice = CREDIT_CHOICES.find((each) => each === target.value);
          if (creditChoice !== undefined) onChange({ creditChoice });
        }}
        options={CREDIT_CHOICES.map((value) => ({ value, label: CREDIT_CHOICE_LABELS[value] }))}
        error={faults['creditChoice'] ?? null}
      />
    </>
  );
}
