import { clipOrNull, clipText } from '#app/lib/clip-text.ts';
import type { FlagFinding } from '#app/domain/flags/flag.ts';
import type { Deps } from '#app/services/deps.ts';
import { findGenerationErrors } from '#db/queries/book/generation-errors.ts';

const PREFIX = 'generation:';

/**
 * Adds to findings about generations the model and the error, which their sentence names and rules,
 * which read millions of rows, do not. Sets `facts.model` and `facts.error` in place.
 */
export const addGenerationFacts = async (
  { store }: Pick<Deps, 'store'>,
  findings: readonly FlagFinding[],
): Promise<void> => {
  const about = findings.filter(({ subject }) => subject.startsWith(PREFIX));
  if (about.length === 0) return;
  const ids = about.map(({ subject }) => subject.slice(PREFIX.length));
  const known = await findGenerationErrors(store.read, ids);
  for (const finding of about) {
    const generation = known.get(finding.subject.slice(PREFIX.length));
    if (!generation) continue;
    const { model, error } = generation;
    finding.facts = { ...finding.facts, model: clipText(model), error: clipOrNull(error) };
  }
};
