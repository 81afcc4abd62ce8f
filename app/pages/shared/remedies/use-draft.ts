import { useState } from 'react';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { RequestRefusal } from '#app/domain/requests/errors.ts';
import { obstaclesByField } from '#app/domain/remedies/evaluation.ts';
import type { Earlier } from '#app/pages/shared/remedies/repeat-reason-field.tsx';
import { draftOf, readDraft } from '#app/pages/shared/remedies/draft.ts';
import type { Draft } from '#app/pages/shared/remedies/draft.ts';
import { usePreview } from '#app/pages/shared/remedies/use-preview.ts';

interface DraftOptions {
  /** What the form begins with. */
  asked: RemedyDraft;
  /** What is asked as the text of the form that is sent. */
  write: (this: void, draft: RemedyDraft) => string;
  /** Where it is said what would happen, and what changes whenever the page's facts do. */
  previewPath: string;
  version: number;
  /** What came of the form that was sent last, and its text. */
  answer: { form: string; refusal: RequestRefusal | null; trouble: string | null } | null;
}

/** The fields, what they ask for, and what would come of it. */
export function useDraft({ asked, write, previewPath, version, answer: last }: DraftOptions) {
  const [draft, setDraft] = useState(() => draftOf(asked));
  const read = readDraft(asked, draft);
  const form = read.asked === null ? null : write(read.asked);
  const question = read.toPreview === null ? null : write(read.toPreview);
  const preview = usePreview(previewPath, question, version);
  const behind = question !== null && preview?.form !== question;
  // An answer is about what was sent: once something else is typed, it is of no use.
  const answer = last?.form === form ? last : null;
  const refusal = answer?.refusal ?? (behind ? null : (preview?.refusal ?? null));
  const faults = {
    ...obstaclesByField(preview?.shown?.weighed?.guards ?? []),
    ...(refusal?.refused === 'invalid' ? refusal.fields : {}),
    ...read.faults,
  };
  const [first] = Object.values(read.faults);
  // What may pass by itself can be tried again.
  const lasting = refusal?.refused === 'unavailable' || answer?.trouble ? null : refusal;
  const repeated = earlierOf(refusal);
  return {
    ...{ draft, form, faults, preview, behind },
    change: (part: Partial<Draft>) => setDraft({ ...draft, ...part }),
    said: answer?.trouble ?? (repeated ? null : (answer?.refusal?.says ?? null)),
    /** The request that is meant by it, where there is one. */
    other: answer?.refusal?.refused === 'conflict' ? answer.refusal.otherId : null,
    earlier: repeated ?? (draft.after === null ? null : { id: draft.after, says: AGAIN }),
    whyNot: first ?? lasting?.says ?? null,
    /** Nobody else would decide it. */
    isAlone: isAlone(preview?.shown?.weighed?.verdict ?? null),
  };
}

const AGAIN = 'This was requested before.';

/** The request that is the same, where a reason for a second time would do. */
const earlierOf = (refusal: RequestRefusal | null): Earlier | null =>
  refusal?.refused === 'conflict' && refusal.mayRepeat && refusal.otherId !== null
    ? { id: refusal.otherId, says: refusal.says }
    : null;

const isAlone = (verdict: { kind: string; approvals?: number } | null): boolean =>
  verdict?.kind === 'allowed' && verdict.approvals === 0;
