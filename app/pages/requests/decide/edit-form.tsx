import { useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { RepeatReasonField } from '#app/pages/shared/remedies/repeat-reason-field.tsx';
import { RemedyFields } from '#app/pages/shared/remedies/remedy-fields.tsx';
import { RemedyPreview } from '#app/pages/shared/remedies/remedy-preview.tsx';
import { useDraft } from '#app/pages/shared/remedies/use-draft.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { writeEdit } from '#app/pages/requests/decide/write-edit.ts';
import type { Post } from '#app/pages/shared/use-post.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { Button } from '#app/ui/button.tsx';

interface EditFormProps {
  page: Pick<RequestDetail, 'content' | 'line' | 'now'>;
  post: Post;
  onCancel: () => void;
}

/**
 * What was asked for, to be changed, with what would happen then: it waits for decisions again, and never
 * by whoever changed it.
 */
export function EditForm({ page, post, onCancel }: EditFormProps) {
  // What the person began with: a change that came meanwhile is refused, not overwritten.
  const [{ content: asked, line }] = useState(page);
  const { draft, change, form, faults, preview, behind, earlier, whyNot, isAlone } = useDraft({
    ...{ asked, write: writeEdit, version: page.now, answer: null },
    previewPath: `${requestPath(line.id)}/edit/preview`,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (form === null || whyNot !== null) return;
    const fields = Object.fromEntries(new URLSearchParams(form));
    post.send('edit', { ...fields, version: String(line.version) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  };
  return (
    // Keys of the fields inside, which bubble up to the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form aria-label="Edit the request" className="grid gap-2" {...{ onSubmit, onKeyDown }}>
      <p className="text-ink-quiet">
        Editing clears earlier approvals, and you won’t be able to approve it.
      </p>
      <RemedyFields
        {...{ asked, draft }}
        faults={{ ...post.fields, ...faults }}
        onChange={change}
      />
      <RepeatReasonField
        {...{ earlier, again: draft.again, error: faults['again'] ?? null, onChange: change }}
      />
      <RemedyPreview {...{ kind: asked.kind, preview, behind }} />
      <div className="sticky bottom-0 -mx-3 -mb-2 flex justify-end gap-2 border-t border-hairline bg-raised px-3 py-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabledReason={post.sending ? 'Sending.' : whyNot}>
          {post.sending ? 'Sending…' : isAlone ? 'Apply now' : 'Resubmit'}
        </Button>
      </div>
    </form>
  );
}
