import { z } from 'zod';
import { emit } from '#scripts/sandbox/stripe/events.ts';
import { render } from '#scripts/sandbox/stripe/objects/render.ts';
import { fail } from '#scripts/sandbox/stripe/protocol/errors.ts';
import {
  address,
  clearable,
  common,
  metadata,
  paging,
  text,
} from '#scripts/sandbox/stripe/protocol/fields.ts';
import { route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import { mergeMetadata, need, pageOf, retrieval } from '#scripts/sandbox/stripe/resources/reads.ts';
import type { Address, Customer } from '#scripts/sandbox/stripe/entities.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

const PATH = '/v1/customers';

const fields = {
  ...common,
  name: clearable.optional(),
  email: clearable.optional(),
  phone: clearable.optional(),
  description: clearable.optional(),
  address: address.optional(),
  metadata: metadata.optional(),
};

const wholeAddress = (given: Partial<Address> | null): Address | null =>
  given && {
    line1: null,
    line2: null,
    city: null,
    state: null,
    postal_code: null,
    country: null,
    ...given,
  };

type Given = z.output<z.ZodObject<typeof fields>>;

const changesOf = (old: Customer, given: Given): Partial<Customer> => ({
  name: given.name === undefined ? old.name : given.name,
  email: given.email === undefined ? old.email : given.email,
  phone: given.phone === undefined ? old.phone : given.phone,
  description: given.description === undefined ? old.description : given.description,
  address: given.address === undefined ? old.address : wholeAddress(given.address),
  metadata: mergeMetadata(old.metadata, given.metadata),
});

/** A customer of whom nothing is known but the id. */
export const blankCustomer = (world: World, id: string): Customer => ({
  id,
  created: world.seconds(),
  name: null,
  email: null,
  phone: null,
  description: null,
  address: null,
  metadata: {},
  invoicePrefix: id.slice(-8).replaceAll('_', '0').toUpperCase(),
  nextInvoice: 1,
  balance: 0,
});

const create = route('POST', PATH, z.strictObject(fields), ({ world, input, request }) => {
  const blank = blankCustomer(world, world.newId('cus'));
  const row = world.put('customer', { ...blank, ...changesOf(blank, input) });
  emit(world, 'customer.created', { kind: 'customer', row }, request);
  return render(world, 'customer', row);
});

const update = route('POST', `${PATH}/{id}`, z.strictObject(fields), (call) => {
  const { world, id, input, request } = call;
  const old = need(world, 'customer', id);
  const row = world.change('customer', old, changesOf(old, input));
  emit(world, 'customer.updated', { kind: 'customer', row }, request);
  return render(world, 'customer', row);
});

const list = route(
  'GET',
  PATH,
  z.strictObject({ ...paging, email: text.optional() }),
  ({ world, input }) =>
    pageOf(
      world,
      PATH,
      'customer',
      input,
      (row) => input.email === undefined || row.email === input.email,
    ),
);

const taxIdsOf = `${PATH}/{id}/tax_ids`;

const listTaxIds = route('GET', taxIdsOf, z.strictObject(paging), ({ world, id, input }) => {
  need(world, 'customer', id);
  return pageOf(world, `${PATH}/${id}/tax_ids`, 'taxId', input, (row) => row.customer === id);
});

const createTaxId = route(
  'POST',
  taxIdsOf,
  z.strictObject({ ...common, type: text, value: text }),
  ({ world, id, input, request }) => {
    const { type, value } = input;
    need(world, 'customer', id);
    if (type === 'eu_vat' && !/^[A-Z]{2}[0-9A-Z+*.]{2,12}$/.test(value))
      throw fail({
        code: 'tax_id_invalid',
        param: 'value',
        message: `Invalid value for ${type}.`,
      });
    const row = world.put('taxId', {
      id: world.newId('txi'),
      created: world.seconds(),
      customer: id,
      type,
      value,
    });
    emit(world, 'customer.tax_id.created', { kind: 'taxId', row }, request);
    return render(world, 'taxId', row);
  },
);

const deleteTaxId = route('DELETE', `${taxIdsOf}/{sub}`, z.strictObject(common), (call) => {
  const { world, sub, request } = call;
  const row = need(world, 'taxId', sub);
  world.drop('taxId', sub);
  emit(world, 'customer.tax_id.deleted', { kind: 'taxId', row }, request);
  return { id: sub, object: 'tax_id', deleted: true };
});

export const customerRoutes: Route[] = [
  create,
  list,
  retrieval(PATH, 'customer'),
  update,
  listTaxIds,
  createTaxId,
  deleteTaxId,
];
