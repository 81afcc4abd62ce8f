import type { z } from 'zod';
import { may, type Permission } from '#app/domain/access/roles.ts';
import {
  parseForm,
  parseParams,
  parseQuery,
  type Fields,
  type InvalidForm,
} from '#app/web/guarded-input.ts';
import {
  forbidden,
  internalError,
  notFound,
  Problem,
  Refused,
  signInFirst,
  storageProblem,
  tooMany,
} from '#app/web/http.ts';
import type { Rate } from '#app/lib/rate-limit.ts';
import {
  contextOf,
  publicApp,
  type PageApp,
  type PublicApp,
  type RequestContext,
} from '#app/web/request-context.ts';
import { storageErrorOf } from '#db/storage-error.ts';
import { recordViewOrRefuse } from '#app/web/record-view.ts';
import {
  isCustomer,
  recordCustomerRowsView,
  recordCustomerView,
} from '#app/services/audit/record-customer-view.ts';

/** What the router calls a loader or an action with. */
interface RouteArgs {
  request: Request;
  params: Record<string, string | undefined>;
  context?: unknown;
}

/**
 * Which row a request leaves in the audit log. `view-customer`: guarded itself records the view of
 * `params.id`; `view-customer-rows`: the same, unless that person has just opened it; `view-named`: the
 * handler records the view of the customer whom its answer names; `change`: the use case writes it
 * together with the change; `none`: nothing personal is shown and nothing is changed.
 */
type AuditClass = 'view-customer' | 'view-customer-rows' | 'view-named' | 'change' | 'none';

/** What a loader or action takes in. */
export interface Contract<P extends Fields, Q extends Fields, F extends Fields> {
  audit: AuditClass;
  params?: P;
  query?: Q;
  /** Only for actions. */
  form?: F;
  /** How often one person may do this. */
  rate?: Rate;
}

interface Given<P extends Fields, Q extends Fields, F extends Fields, A> {
  params: z.output<P>;
  query: z.output<Q>;
  form: z.output<F>;
  app: A;
  request: Request;
}

/** What the page receives: refusals by their value; answers that are a Response already do not count. */
type Answer<T> = T extends Response ? never : T extends Refused<infer U> ? U : T;
type Guarded<F extends Fields, T> = (
  args: RouteArgs,
) => Promise<Answer<T> | (Fields extends F ? never : InvalidForm)>;

const permit = (context: RequestContext, permission: Permission | 'public'): void => {
  if (permission === 'public') return;
  const { signedIn, platform, requestId } = context;
  if (signedIn === null) throw signInFirst();
  if (may(signedIn.actor.role, permission)) return;
  platform.log.warn({ requestId, actorId: signedIn.actor.staffId, permission }, 'not permitted');
  throw forbidden();
};

const limit = (context: RequestContext, permission: string, rate: Rate | undefined): void => {
  if (!rate) return;
  const who = context.signedIn?.actor.staffId ?? context.address;
  const wait = context.platform.rates.take(`${permission} ${rate.times} ${who}`, rate);
  if (wait > 0) throw tooMany(wait, rate.times);
};

/**
 * A page that stays open asks for itself anew whenever something changes: as long as somebody
 * goes on looking, that is one view, not one for each change.
 */
const recordView = async (
  audit: AuditClass,
  app: PublicApp,
  id: unknown,
  again: boolean,
): Promise<void> => {
  if (audit !== 'view-customer' && audit !== 'view-customer-rows') return;
  if (app.actor === null || typeof id !== 'string')
    throw new Error(
      'a customer’s page must be signed in for and have the customer’s id as params.id',
    );
  const viewer = { ...app, actor: app.actor };
  // The page itself has found that out; its parts would show a customer without anything.
  if (audit === 'view-customer-rows' && !(await isCustomer(app, id))) throw notFound();
  const isNew = audit === 'view-customer' && !again;
  await recordViewOrRefuse(viewer, id, isNew ? recordCustomerView : recordCustomerRowsView);
};

const addHeaders = (context: RequestContext, headers: Record<string, string> = {}): void => {
  for (const [name, value] of Object.entries(headers)) context.headers.set(name, value);
};

const send = (context: RequestContext, answer: unknown): unknown => {
  if (!(answer instanceof Refused)) return answer ?? null;
  addHeaders(context, answer.headers);
  return Response.json(answer.value, { status: answer.status });
};

const problem = (context: RequestContext, found: Problem): Response => {
  addHeaders(context, found.more.headers);
  return found.toResponse(context.requestId);
};

/** What ends a request early: our own words as they are; all else is logged here, once, and kept back. */
const ending = (thrown: unknown, request: Request, context: RequestContext): unknown => {
  if (thrown instanceof Response) return thrown;
  if (thrown instanceof Problem) return problem(context, thrown);
  const { platform, requestId } = context;
  // Nobody waits for the answer any more.
  if (request.signal.aborted) return thrown;
  platform.log.error({ requestId, err: thrown }, 'a page failed');
  const trouble = storageErrorOf(thrown);
  return problem(context, trouble === null ? internalError() : storageProblem(trouble));
};

/**
 * The one wrapper of every loader and action: who may, what comes in, what is left in the audit log. The
 * router may call a loader without its parents' and an action before any loader, so each stands alone.
 */
export function guarded<P extends Fields, Q extends Fields, F extends Fields, T>(
  permission: Permission,
  contract: Contract<P, Q, F>,
  handle: (given: Given<P, Q, F, PageApp>) => Promise<T>,
): Guarded<F, T>;
export function guarded<P extends Fields, Q extends Fields, F extends Fields, T>(
  permission: 'public',
  contract: Contract<P, Q, F>,
  handle: (given: Given<P, Q, F, PublicApp>) => Promise<T>,
): Guarded<F, T>;
export function guarded<P extends Fields, Q extends Fields, F extends Fields, T>(
  permission: Permission | 'public',
  contract: Contract<P, Q, F>,
  handle: (given: Given<P, Q, F, PageApp & PublicApp>) => Promise<T>,
): Guarded<F, T> {
  const answer = async (context: RequestContext, { request, params }: RouteArgs) => {
    permit(context, permission);
    limit(context, permission, contract.rate);
    // `permit` has seen to it that there is an actor wherever the handler's type says so.
    const app = publicApp(context) as PageApp & PublicApp;
    const path = parseParams(contract.params, params) as z.output<P>;
    const query = parseQuery(contract.query, new URL(request.url).searchParams) as z.output<Q>;
    const sent = contract.form ? await parseForm(contract.form, request) : null;
    if (sent?.ok === false) return send(context, sent.refused);
    // Without a schema nobody can name a field of the form: the type has none.
    const form = (sent?.form ?? {}) as z.output<F>;
    const given = await handle({ params: path, query, form, app, request });
    const { id } = path as { id?: unknown };
    await recordView(contract.audit, app, id, context.asksForFacts);
    return send(context, given);
  };
  const run = async (args: RouteArgs): Promise<unknown> => {
    const context = contextOf(args.context);
    try {
      return await answer(context, args);
    } catch (thrown) {
      throw ending(thrown, args.request, context);
    }
  };
  // The router sends on what `run` gives; the page receives it as `Answer` describes.
  return run as Guarded<F, T>;
}
