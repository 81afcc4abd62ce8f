import { useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { parseCredits } from '#app/domain/credits.ts';
import { minorToDecimal, parseMoney } from '#app/domain/money.ts';
import { LONGEST_REASON } from '#app/domain/requests/asked.ts';
import { CHOICE_WORDS, GROUND_WORDS } from '#app/domain/requests/request-words.ts';
import { CREDIT_CHOICES, REFUND_GROUNDS } from '#app/domain/requests/request.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import type { Post } from '#app/pages/requests/use-post.ts';
import type { RequestPage } from '#app/services/money/load-request-page.ts';
import { Button } from '#app/ui/button.tsx';
import { SelectField, TextAreaField, TextField } from '#app/ui/field.tsx';

interface EditFormProps {
  page: Pick<RequestPage, 'content' | 'line'>;
  post: Post;
  onCancel: () => void;
}

/** What was asked for, to be changed: it waits for decisions again, and never by whoever changed it. */
export function EditForm({ page: { content, line }, post, onCancel }: EditFormProps) {
  const [unread, setUnread] = useState<Readonly<Record<string, string>>>({});
  const errors = { ...post.fields, ...unread };
  // What the person began with: a change that came meanwhile is refused, not overwritten.
  const [version] = useState(line.version);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = readEdit(content, new FormData(event.currentTarget));
    setUnread(read.errors);
    if (Object.keys(read.errors).length > 0) return;
    post.send('edit', { ...read.fields, version: String(version) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  };
  return (
    // Keys of the fields inside, which bubble up to the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form aria-label="Change the request" className="grid gap-2" {...{ onSubmit, onKeyDown }}>
      <p className="text-ink-quiet">
        Approvals so far count no more, and whoever changes it cannot decide it.
      </p>
      <ContentFields content={content} errors={errors} />
      <TextAreaField
        label="Reason"
        name="reason"
        required
        rows={2}
        maxLength={LONGEST_REASON}
        defaultValue={content.reason}
        error={errors['reason'] ?? null}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabledReason={post.sending ? 'Being sent.' : null}>
          {post.sending ? 'Sending…' : 'Ask again'}
        </Button>
      </div>
    </form>
  );
}

interface ContentFieldsProps {
  content: RequestContent;
  errors: Readonly<Record<string, string>>;
}

function ContentFields({ content, errors }: ContentFieldsProps) {
  if (content.kind === 'generation_hold') return null;
  if (content.kind === 'credit_adjustment') {
    return (
      <TextField
        label={content.credits > 0 ? 'Credits to add' : 'Credits to take'}
        name="credits"
        inputMode="numeric"
        required
        defaultValue={String(Math.abs(content.credits))}
        error={errors['credits'] ?? null}
      />
    );
  }
  return (
    <div className="grid grid-cols-3 gap-3">
      <TextField
        label={`Amount (${content.currency.toUpperCase()})`}
        name="amount"
        inputMode="decimal"
        required
        defaultValue={minorToDecimal(content.amount, content.currency)}
        error={errors['amount'] ?? null}
      />
      <SelectField
        label="Ground"
        name="ground"
        defaultValue={content.ground}
        options={REFUND_GROUNDS.map((value) => ({ value, label: GROUND_WORDS[value] }))}
        error={errors['ground'] ?? errors['evidence'] ?? null}
      />
      <SelectField
        label="Credits of the payment"
        name="creditChoice"
        defaultValue={content.creditChoice}
        options={CREDIT_CHOICES.map((value) => ({ value, label: CHOICE_WORDS[value] }))}
      />
    </div>
  );
}

interface ReadEdit {
  /** As the action takes them: whole numbers of the smallest unit. */
  fields: Record<string, string>;
  errors: Record<string, string>;
}

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** The form with amounts as they are typed, read without rounding. */
export function readEdit(content: RequestContent, form: FormData): ReadEdit {
  const fields: Record<string, string> = { reason: textOf(form, 'reason') };
  const errors: Record<string, string> = {};
  if (content.kind === 'refund') {
    const read = parseMoney(textOf(form, 'amount'), content.currency);
    if (read.ok && read.money.minor > 0) fields['amount'] = String(read.money.minor);
    else errors['amount'] = 'Write an amount such as 49.00.';
    for (const name of ['ground', 'creditChoice']) fields[name] = textOf(form, name);
  }
  if (content.kind === 'credit_adjustment') {
    const read = parseCredits(textOf(form, 'credits'));
    const sign = content.credits < 0 ? '-' : '';
    if (read.ok && read.credits > 0) fields['credits'] = `${sign}${read.credits}`;
    else errors['credits'] = 'Write whole credits above 0.';
  }
  return { fields, errors };
}
