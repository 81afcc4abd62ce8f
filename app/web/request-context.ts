import type { Instant } from '#app/lib/instant.ts';
import type { Actor } from '#app/domain/access/roles.ts';
import type { Env } from '#app/config/env.ts';
import type { LiveUpdates } from '#app/web/live-updates.ts';
import type { Logger } from '#app/config/log.ts';
import type { Metrics } from '#app/lib/metrics.ts';
import type { RateLimit } from '#app/lib/rate-limit.ts';
import type { ConsoleClock } from '#app/services/deployment/console-clock.ts';
import type { Deps, RemedyDeps, StaffDeps } from '#app/services/deps.ts';
import type { SignedIn } from '#app/services/access/resolve-session.ts';

/** What lives as long as the process. */
export interface Platform extends Deps {
  /** What `now` is made of. */
  clock: ConsoleClock;
  env: Env;
  log: Logger;
  metrics: Metrics;
  changes: LiveUpdates;
  rates: RateLimit;
  /** Null where the settings name no Stripe: then no money can move. */
  money: RemedyDeps | null;
}

/** What Express knows of one request and hands to Remix as its load context. */
export interface RequestContext {
  readonly kind: 'redress-request';
  platform: Platform;
  requestId: string;
  /** Of this response's content security policy. */
  nonce: string;
  /** The network address the request comes from. */
  address: string;
  /** Read from the database for this request. */
  signedIn: SignedIn | null;
  ticket: string | null;
  /** Whether an open page asks for its facts, rather than a person for a page. */
  asksForFacts: boolean;
  /** Go out with the answer: the router leaves a loader's and an action's own headers off whole pages. */
  headers: Headers;
  /** The markup of the page, once it is made: it leaves as the body of the router's response. */
  rendered: { page: string | null };
}

interface OfRequest extends Deps {
  requestId: string;
  log: Logger;
  demo: boolean;
  env: Env;
  address: string;
  changes: LiveUpdates;
  clock: Pick<ConsoleClock, 'verdict'>;
  money: RemedyDeps | null;
  ticket: string | null;
  session: { hash: string; authenticatedAt: Instant } | null;
}

/** What a page's loader or action works with. */
export interface PageApp extends StaffDeps, Omit<OfRequest, 'ticket'> {}

/** The same where nobody need be signed in. */
export interface PublicApp extends OfRequest {
  actor: Actor | null;
}

/** The load context, given back its type: the router passes it through untyped. */
export const contextOf = (context: unknown): RequestContext => {
  if (typeof context === 'object' && context !== null && 'kind' in context)
    // Only `create-app` makes load contexts, and all of them are of this kind.
    if (context.kind === 'redress-request') return context as RequestContext;
  throw new Error('a loader or action ran outside a request of the console');
};

export const publicApp = (context: RequestContext): PublicApp => {
  const { platform, requestId, address, ticket, signedIn } = context;
  return {
    store: platform.store,
    now: platform.now,
    newId: platform.newId,
    env: platform.env,
    changes: platform.changes,
    clock: platform.clock,
    money: platform.money,
    demo: platform.env.demo,
    log: platform.log.child({ requestId }),
    requestId,
    address,
    ticket,
    actor: signedIn?.actor ?? null,
    session: signedIn && {
      hash: signedIn.sessionHash,
      authenticatedAt: signedIn.authenticatedAt,
    },
  };
};

/** Whether what customers are mailed reaches nobody and can be read here. */
export const showsMail = ({ demo, env }: Pick<PublicApp, 'demo' | 'env'>): boolean =>
  demo || env.DEMO_MAIL_URL !== undefined;
