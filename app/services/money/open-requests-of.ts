import type { Deps } from '#app/services/deps.ts';
import { byRequest } from '#app/services/money/by-request.ts';
import { toRequestLine } from '#app/services/money/request-line.ts';
import type { RequestLine } from '#app/services/money/request-line.ts';
import { decisionsOfRequests } from '#db/queries/decisions.ts';
import { operationsOf } from '#db/queries/operations.ts';
import { openRequestsOfCustomer } from '#db/queries/requests.ts';
import { listStaff } from '#db/queries/staff.ts';

/** What has been asked for a customer and is not settled, oldest first: for everybody who opens the page. */
export async function openRequestsOf(
  { store: { read }, now }: Pick<Deps, 'store' | 'now'>,
  customerId: string,
): Promise<RequestLine[]> {
  const requests = await openRequestsOfCustomer(read, customerId);
  if (requests.length === 0) return [];
  const ids = requests.map(({ id }) => id);
  const decisions = byRequest(await decisionsOfRequests(read, ids));
  const steps = byRequest(await operationsOf(read, ids));
  const names = new Map((await listStaff(read)).map(({ id, name }) => [id, name]));
  return requests.map((request) =>
    toRequestLine(
      request,
      decisions.get(request.id) ?? [],
      steps.get(request.id) ?? [],
      (id) => names.get(id) ?? null,
      now(),
    ),
  );
}
