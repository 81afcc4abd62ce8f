import type { LedgerEntry } from '#app/domain/book/records.ts';
import { possibleCreditSteps } from '#app/domain/operations/operation-id.ts';
import type { PossibleStep } from '#app/domain/operations/operation-id.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { operationsByIds } from '#db/queries/operations/operations.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';

/*
 * Entries that the product has under our ids while this database knows of no such step: it was restored from
 * a backup in which the request stood at another revision.
 */

/** An entry of the product, with the step that has made it. */
export interface OurEntry {
  stepId: string;
  entry: LedgerEntry;
}

/** Reads at a time. */
const SIDE_BY_SIDE = 8;

/** What the product has under these ids of steps. Throws `ProductTrouble`. Never within a write. */
const readEntries = async (
  { productApi }: Pick<RemedyDeps, 'productApi'>,
  stepIds: readonly string[],
): Promise<OurEntry[]> => {
  const found: OurEntry[] = [];
  for (let at = 0; at < stepIds.length; at += SIDE_BY_SIDE) {
    const ids = stepIds.slice(at, at + SIDE_BY_SIDE);
    const entries = await Promise.all(ids.map((id) => productApi.readAdjustment(id)));
    for (const [nth, entry] of entries.entries())
      if (entry !== null) found.push({ stepId: ids[nth] ?? '', entry });
  }
  return found;
};

/** Steps of credits that a request may have had, and this database does not know. */
export const unknownSteps = async (
  { store }: Pick<RemedyDeps, 'store'>,
  request: Pick<StoredRequest, 'id' | 'kind' | 'revision'>,
): Promise<PossibleStep[]> => {
  const possible = possibleCreditSteps(request);
  const known = await operationsByIds(
    store.read,
    possible.map(({ id }) => id),
  );
  const ids = new Set(known.map(({ id }) => id));
  return possible.filter(({ id }) => !ids.has(id));
};

/** An entry, with what has returned it since; `returned` null: nothing has. */
export interface BookedEntry extends OurEntry {
  returned: OurEntry | null;
}

/** What these steps have booked. Throws `ProductTrouble`. Never within a write. */
export const entriesOfSteps = async (
  deps: Pick<RemedyDeps, 'productApi'>,
  steps: readonly PossibleStep[],
): Promise<BookedEntry[]> => {
  const booked = await readEntries(
    deps,
    steps.map(({ id }) => id),
  );
  const returnedBy = new Map(steps.map((step) => [step.id, step.returnedBy]));
  const returns = await readEntries(
    deps,
    booked.flatMap(({ stepId }) => returnedBy.get(stepId) ?? []),
  );
  const byId = new Map(returns.map((one) => [one.stepId, one]));
  return booked.map((one) => ({
    ...one,
    returned: byId.get(returnedBy.get(one.stepId) ?? '') ?? null,
  }));
};

/**
 * What the product has booked for a request by steps that this database does not know, without what was
 * returned since. Throws `ProductTrouble`. Never within a write.
 */
export const entriesOfUnknownSteps = async (
  deps: Pick<RemedyDeps, 'store' | 'productApi'>,
  request: Pick<StoredRequest, 'id' | 'kind' | 'revision'>,
): Promise<OurEntry[]> => {
  const booked = await entriesOfSteps(deps, await unknownSteps(deps, request));
  return booked.filter(({ returned }) => returned === null);
};
