import { PasswordForm } from '#app/pages/shared/password-form.tsx';
import { useReauthentication } from '#app/pages/shared/use-reauthentication.ts';
import { usePostForm } from '#app/pages/shared/use-post-form.ts';
import type { RestorePage } from '#app/services/restore/load-restore.ts';
import { Button } from '#app/ui/button.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';
import { TextField } from '#app/ui/field.tsx';
import { LONGEST_REASON } from '#app/domain/reason.ts';

/** Lets sending go on, once a person has looked at what the backup had forgotten. */
export function ConfirmForm({ id, page }: { id: string; page: RestorePage }) {
  const { send, sending, sent, forget } = usePostForm<{ done: object }>({});
  const refusal = sent?.refusal ?? null;
  const password = useReauthentication({ refusal, forget }, () => {
    if (sent !== null) send('/restored/confirm', sent.form);
  });
  const wrong = password.wanted ? null : (sent?.trouble ?? refusal?.says ?? null);
  const whyNot = page.whyNot ?? (sending ? 'Sending.' : null);
  return (
    <div className="max-w-xl">
      {password.wanted ? <PasswordForm {...password} /> : null}
      {/* What is written stays, and cannot be changed while it waits for the password. */}
      <div hidden={password.wanted}>
        <form
          method="post"
          action="/restored/confirm"
          aria-label="Resume sending"
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (whyNot !== null) return;
            const fields = new FormData(event.currentTarget);
            const text = [...fields].flatMap(([name, value]) =>
              typeof value === 'string' ? [[name, value]] : [],
            );
            send('/restored/confirm', new URLSearchParams(text).toString());
          }}
        >
          <input type="hidden" name="id" value={id} />
          <TextField
            label="What you checked"
            name="note"
            required
            maxLength={LONGEST_REASON}
            autoComplete="off"
            hint="Kept in the audit log."
          />
          {page.ledger === null ? null : (
            <label className="flex items-start gap-2">
              <input type="checkbox" name="ledgerChecked" value="yes" className="mt-1" />
              <span>
                {page.ledger} <strong>They are imported, or I checked them.</strong>
              </span>
            </label>
          )}
          {wrong === null ? null : <ErrorText>{wrong}</ErrorText>}
          <div>
            <Button type="submit" look="primary" disabledReason={whyNot}>
              Resume sending
            </Button>
          </div>
        </form>
      </div>
    </div>
  );
}
