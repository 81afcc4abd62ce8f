import { z } from 'zod';
import type { Permission } from '#app/domain/access/roles.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { seeOther } from '#app/web/http.ts';

/** The loader of an address that is only posted to: a visitor is led to `to`. */
export const postOnly = (permission: Permission, to: string) =>
  guarded(permission, { audit: 'none' }, async () => {
    throw seeOther(to);
  });

const params = z.object({ id: recordId });

/** The same for an address with an `:id`. */
export const postOnlyOf = (permission: Permission, to: (id: string) => string) =>
  guarded(permission, { audit: 'none', params }, async (given) => {
    throw seeOther(to(given.params.id));
  });
