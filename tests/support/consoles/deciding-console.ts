import { vi } from 'vitest';
import type { BookRecord } from '#app/domain/book/records.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';
import { ingestBook } from '#app/services/import/ingest-book.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { fillFromBook } from '#scripts/sandbox/stripe/fill/fill-from-book.ts';
import { command } from '#scripts/sandbox/stripe/controls.ts';
import { startStripe } from '#scripts/sandbox/stripe/start-stripe.ts';
import { paid, T } from '#tests/factories/records.ts';
import type { Answer } from '#tests/support/consoles/http-client.ts';
import { dirtyCustomers } from '#tests/support/book-content.ts';
import { LATER } from '#tests/support/local-stripe.ts';
import { toNdjson } from '#tests/support/ndjson-lines.ts';
import { askRefund, made } from '#tests/support/remedy-world.ts';
import { staffOfConsole } from '#tests/support/consoles/staff-of-console.ts';
import { startTestConsole } from '#tests/support/consoles/test-console.ts';

/** Route files of actions whose address has another last word. */
const ROUTES: Record<string, string> = {
  glass: 'break-glass',
  review: 'manual-review',
  letter: 'held-mail',
};

/** What the facts of a page or an action answer with, read from its JSON. */
export const factsOf = <T>(answer: Answer): T => JSON.parse(answer.text) as T; // the test says what it requested

const CHARGES = 12;

/** $49.00 charged to each of twelve customers, `ch_1` to `org_1` and so on. */
const charges = (): BookRecord[] =>
  Array.from({ length: CHARGES }, (_, i) =>
    paid({ id: `ch_${i + 1}`, customerId: `org_${i + 1}` }),
  );

/** The built console on a local Stripe, three days after the charges, with demo staff signed in. */
export const decidingConsole = async (env: Record<string, string> = {}) => {
  let clock = (): number => LATER;
  const records = charges();
  const stripe = await startStripe({
    now: () => clock(),
    fill: (world) => fillFromBook(world, records),
  });
  const site = await startTestConsole({ STRIPE_API_BASE: stripe.url, ...env });
  site.forward(LATER - site.now());
  clock = site.now;
  const staff = await staffOfConsole(site.databaseUrl, stripe.url, site.now);
  const deps = await staff.as('agent');
  const loaded = await ingestBook(deps, null, Buffer.from(toNdjson(records)));
  if (loaded.kind !== 'done') throw new Error(`not loaded: ${loaded.kind}`);
  // Swept: nothing changes from here on but by what a test does.
  await vi.waitFor(
    async () => {
      const waiting = await dirtyCustomers(staff.store.read);
      if (waiting.length > 0) throw new Error(`${waiting.length} customers wait for the sweep`);
    },
    { timeout: 20_000, interval: 50 },
  );
  const cookies = new Map<string, Promise<string>>();
  const cookieOf = (name: string): Promise<string> => {
    const known = cookies.get(name) ?? site.signIn(`${name}@demo.test`);
    cookies.set(name, known);
    return known;
  };
  const get = async (path: string, name: string) =>
    site.ask(path, { headers: { Cookie: await cookieOf(name) } });
  return {
    ...{ site, staff, stripe, cookieOf, get, T },
    /** A refund of the nth charge, asked for by the services. */
    askFor: async (nth: number, change: object = {}, name = 'agent'): Promise<StoredRequest> => {
      const about = { customerId: `org_${nth}`, paymentId: `ch_${nth}` };
      const asked = askRefund({
        ...about,
        evidence: [`payment:ch_${nth}`],
        amount: 4_900,
        ...change,
      });
      return made(await createRequest(await staff.as(name), asked));
    },
    askRemedy: async (asked: RemedyDraft, name = 'agent'): Promise<StoredRequest> =>
      made(await createRequest(await staff.as(name), asked)),
    approve: async ({ id, contentHash }: StoredRequest, name = 'finance2') =>
      made(
        await decideRequest(await staff.as(name), {
          ...{ requestId: id, hash: contentHash, verdict: 'approve', reason: '', seen: null },
        }),
      ),
    /** Posts a form to a request, as its page would. */
    post: async (
      { id }: Pick<StoredRequest, 'id'>,
      what: 'decision' | 'edit' | 'withdraw' | 'review',
      form: Record<string, string>,
      name: string,
    ) =>
      site.post(
        `/requests/${id}/${what}?_data=pages%2Frequests%2Fdecide%2F${ROUTES[what] ?? what}.action`,
        form,
        {
          Cookie: await cookieOf(name),
        },
      ),
    /** What the page of a request shows. */
    sheet: async <T>({ id }: Pick<StoredRequest, 'id'>, name: string): Promise<T> =>
      factsOf<T>(await get(`/requests/${id}?_data=pages%2Frequests%2Fdetail%2Frequest.page`, name)),
    refundInDashboard: (charge: string, amount: number) =>
      command(stripe, { method: 'POST', path: 'dashboard-refund', body: { charge, amount } }),
    refundsOf: (charge: string) =>
      stripe.world.all('refund').filter((refund) => refund.charge === charge),
    close: async () => {
      await site.close();
      await staff.close();
      await stripe.close();
    },
  };
};
export type DecidingConsole = Awaited<ReturnType<typeof decidingConsole>>;

/** The charge of $49.00 as a page shows it before anything has gone back. */
export const FRESH: ChargeFacts = {
  captured: true,
  amountCaptured: 4_900,
  amountRefunded: 0,
  currency: 'usd',
  blockedByDispute: false,
};
