import type { Kind } from '#scripts/sandbox/stripe/entities.ts';
import { render, renderById } from '#scripts/sandbox/stripe/objects/render.ts';
import type { RenderedKind } from '#scripts/sandbox/stripe/objects/render.ts';
import { refuse } from '#scripts/sandbox/stripe/protocol/errors.ts';
import { listObject } from '#scripts/sandbox/stripe/protocol/lists.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Lists that are left out of their object unless they are asked for. */
const INCLUDABLE: Record<
  string,
  { kind: RenderedKind & Kind; by: string; url: (id: string) => string }
> = {
  'charge.refunds': { kind: 'refund', by: 'charge', url: (id) => `/v1/charges/${id}/refunds` },
  'invoice.payments': {
    kind: 'invoicePayment',
    by: 'invoice',
    url: (id) => `/v1/invoice_payments?invoice=${id}`,
  },
  'customer.tax_ids': { kind: 'taxId', by: 'customer', url: (id) => `/v1/customers/${id}/tax_ids` },
  'customer.subscriptions': {
    kind: 'subscription',
    by: 'customer',
    url: (id) => `/v1/customers/${id}/subscriptions`,
  },
};

const included = (world: World, node: Node, step: string): unknown => {
  const list = INCLUDABLE[`${String(node['object'])}.${step}`];
  const id = node['id'];
  if (!list || typeof id !== 'string') return undefined;
  const rows = world
    .all(list.kind)
    // The field that names the owner differs from kind to kind; the table above knows it.
    .filter((row) => (row as unknown as Node)[list.by] === id)
    .toSorted((a, b) => b.created - a.created)
    .map((row) => render(world, list.kind, row));
  return listObject(list.url(id), rows.slice(0, 10), rows.length > 10);
};

const expandStep = (world: World, node: Node, steps: readonly string[], path: string): void => {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  if (Array.isArray(node[step]) && step === 'data') {
    for (const item of node[step]) if (isNode(item)) expandStep(world, item, rest, path);
    return;
  }
  const present = node[step] ?? included(world, node, step);
  if (present === undefined && !(step in node))
    throw refuse({ param: 'expand', message: `This property cannot be expanded (${path}).` });
  const value = typeof present === 'string' ? (renderById(world, present) ?? present) : present;
  if (rest.length === 0 && typeof value === 'string')
    throw refuse({ param: 'expand', message: `This property cannot be expanded (${path}).` });
  node[step] = value ?? null;
  if (isNode(value)) expandStep(world, value, rest, path);
};

/** Replaces ids by their objects along each path, at most four steps deep. Changes `value`. */
export const expand = (world: World, value: unknown, paths: readonly string[]): void => {
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.length > 4)
      throw refuse({
        param: 'expand',
        message: 'You cannot expand more than 4 levels of a property.',
      });
    if (isNode(value)) expandStep(world, value, steps, path);
  }
};
