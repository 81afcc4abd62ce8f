import type { z } from 'zod';
import { refuse } from '#scripts/sandbox/stripe/protocol/errors.ts';
import { readParams } from '#scripts/sandbox/stripe/protocol/fields.ts';
import type { FormTree } from '#scripts/sandbox/stripe/protocol/form.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

export interface Call<T> {
  world: World;
  /** The id in the path, where there is one. */
  id: string;
  /** A second id, of what lies below the first. */
  sub: string;
  input: T;
  request: { id: string; key: string | null };
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  pattern: RegExp;
  handle: (call: Call<FormTree>) => { value: unknown; expand: string[] };
}

/**
 * One endpoint: its path (`{id}` and `{sub}` stand for ids), its parameters, and what it does. The
 * handler answers with an object of the API.
 */
export const route = <T extends z.ZodType<{ expand?: string[] | undefined }>>(
  method: Route['method'],
  path: string,
  schema: T,
  handler: (call: Call<z.output<T>>) => unknown,
): Route => ({
  method,
  pattern: new RegExp(
    `^${path.replace('{id}', '(?<id>[^/]+)').replace('{sub}', '(?<sub>[^/]+)')}$`,
  ),
  handle: (call) => {
    const input = readParams(schema, call.input);
    return { value: handler({ ...call, input }), expand: input.expand ?? [] };
  },
});

/** The endpoint of a request and the ids in its path. Throws 404 as Stripe does. */
export const findRoute = (
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; id: string; sub: string } => {
  for (const each of routes) {
    const match = each.method === method ? each.pattern.exec(path) : null;
    if (match)
      return {
        route: each,
        id: decodeURIComponent(match.groups?.['id'] ?? ''),
        sub: decodeURIComponent(match.groups?.['sub'] ?? ''),
      };
  }
  throw refuse({
    status: 404,
    message: `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code.`,
  });
};
