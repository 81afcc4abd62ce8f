import { z } from 'zod';
import type { Entities } from '#scripts/sandbox/stripe/entities.ts';
import { render } from '#scripts/sandbox/stripe/objects/render.ts';
import type { RenderedKind } from '#scripts/sandbox/stripe/objects/render.ts';
import { noSuch } from '#scripts/sandbox/stripe/protocol/errors.ts';
import { common } from '#scripts/sandbox/stripe/protocol/fields.ts';
import { page } from '#scripts/sandbox/stripe/protocol/lists.ts';
import type { Paging } from '#scripts/sandbox/stripe/protocol/lists.ts';
import { route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

/** How Stripe names a kind in its messages. */
const SAID: Record<RenderedKind, string> = {
  customer: 'customer',
  taxId: 'tax_id',
  charge: 'charge',
  refund: 'refund',
  invoice: 'invoice',
  invoicePayment: 'invoice_payment',
  creditNote: 'credit_note',
  subscription: 'subscription',
  dispute: 'dispute',
  setupIntent: 'setupintent',
  setupAttempt: 'setup_attempt',
};

/** The row; throws `resource_missing` for `param` where there is none. */
export const need = <K extends RenderedKind>(
  world: World,
  kind: K,
  id: string,
  param = 'id',
): Entities[K] => {
  const row = world.get(kind, id);
  if (!row) throw noSuch(SAID[kind], id, param);
  return row;
};

/** Retrieves one by its id in the path. */
export const retrieval = (path: string, kind: RenderedKind): Route =>
  route('GET', `${path}/{id}`, z.strictObject(common), ({ world, id }) =>
    render(world, kind, need(world, kind, id)),
  );

/** One page of a kind: the rows that `keep` keeps. */
export const pageOf = <K extends RenderedKind>(
  world: World,
  path: string,
  kind: K,
  paging: Paging,
  keep: (row: Entities[K]) => boolean = () => true,
) =>
  page(
    { url: path, what: SAID[kind] },
    world.all(kind).filter(keep),
    (row) => render(world, kind, row),
    paging,
  );

/** Metadata as Stripe merges it: an empty value removes a key, `''` for the whole removes all. */
export const mergeMetadata = (
  old: Record<string, string>,
  given: Record<string, string> | null | undefined,
): Record<string, string> => {
  if (given === undefined) return old;
  if (given === null) return {};
  return Object.fromEntries(
    Object.entries({ ...old, ...given }).filter(([, value]) => value !== ''),
  );
};
