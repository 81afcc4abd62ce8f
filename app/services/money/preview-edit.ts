import { invalid, notFound } from '#app/domain/requests/refusal.ts';
import type { Refused } from '#app/domain/requests/refusal.ts';
import { changedContent } from '#app/services/money/edit-request.ts';
import type { RequestEdit } from '#app/services/money/edit-request.ts';
import { previewForPerson } from '#app/services/money/preview-for-person.ts';
import type { PersonPreview } from '#app/services/money/preview-for-person.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { findRequest } from '#db/queries/requests.ts';

type EditPreview = { ok: true; customerId: string; preview: PersonPreview } | Refused;

/** A change of a request before it is made: the same computation as making it. Writes nothing. */
export async function previewEdit(
  app: StaffMoneyDeps,
  { requestId, change }: Pick<RequestEdit, 'requestId' | 'change'>,
): Promise<EditPreview> {
  const request = await findRequest(app.store.read, requestId);
  if (request === null) return notFound('There is no such request.');
  const asked = changedContent(request.content, change);
  if (asked === null) return invalid({ change: 'That cannot be changed.' });
  const preview = await previewForPerson(app, asked, request);
  return { ok: true, customerId: request.customerId, preview };
}
