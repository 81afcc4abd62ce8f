import type { BookRecord } from '#app/domain/book/records.ts';
import { toFormFields } from '#app/domain/remedies/remedy-draft.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { RequestRefusal } from '#app/domain/requests/errors.ts';
import { newFormKey } from '#app/pages/shared/form-key.ts';
import type { CustomerRequests } from '#app/services/requests/views/load-customer-requests.ts';
import type { ActorPreview } from '#app/services/requests/lifecycle/preview-request.ts';
import { SANDBOX_SECRET } from '#scripts/sandbox/product-api/start-product-api.ts';
import { startSandbox } from '#scripts/sandbox/start-sandbox.ts';
import { entry, generated, paid, T } from '#tests/factories/records.ts';
import { LATER } from '#tests/support/local-stripe.ts';
import { toNdjson } from '#tests/support/ndjson-lines.ts';
import { FORM, startTestConsole } from '#tests/support/consoles/test-console.ts';

/** As a form that was opened for this. */
const keyed = (form: string): string => `${form}&key=${newFormKey()}`;

const CUSTOMERS = 12;
const TOKEN = 'a-token-that-is-long-enough-for-an-ingest';

/** The nth customer: $49.00 paid twice, credits that came once, and a failed image that kept 24. */
const recordsOf = (nth: number): BookRecord[] => {
  const customerId = `org_${nth}`;
  const charge = { customerId, createdAt: T - 1_000, capturedAt: T };
  return [
    {
      type: 'customer',
      record: {
        ...{ id: customerId, name: `Studio ${nth}`, email: `billing@studio-${nth}.example` },
        ...{ stripeCustomerId: `cus_${nth}`, createdAt: T - 2_000, timeZone: null },
        ...{ reportedBalance: null, reportedBalanceAt: null, generationHold: null },
      },
    },
    paid({ id: `ch_${nth}`, ...charge }),
    paid({ id: `ch_${nth}_twin`, ...charge }),
    entry({
      ...{ id: `le_${nth}`, customerId, kind: 'purchase', credits: 5_000 },
      paymentId: `ch_${nth}`,
    }),
    generated({ id: `gen_${nth}`, customerId, status: 'failed' }),
    entry({ id: `le_${nth}_use`, customerId, occurredAt: T + 1, generationId: `gen_${nth}` }),
  ];
};

/** What the two addresses of the panel answer with. */
export interface Said {
  status: number;
  asked?: { requestId: string; state: string; verdict: string };
  preview?: ActorPreview;
  refused?: RequestRefusal & { fields?: Record<string, string>; otherId?: string | null };
  refusal?: string;
  fields?: Record<string, string>;
}

/** The built console with everything outside of it, three days after the payments. */
export const askingConsole = async () => {
  const records = Array.from({ length: CUSTOMERS }, (_, i) => recordsOf(i + 1)).flat();
  let clock = (): number => LATER;
  const sandbox = await startSandbox({ records, now: () => clock() });
  const site = await startTestConsole({
    INGEST_TOKEN: TOKEN,
    STRIPE_API_BASE: sandbox.stripe.url,
    PRODUCT_API_URL: sandbox.product.url,
    PRODUCT_API_SECRET: SANDBOX_SECRET,
  });
  site.forward(LATER - site.now());
  clock = site.now;
  const loaded = await site.ask('/ingest', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${TOKEN}`,
      'Idempotency-Key': 'asking-console',
      'Content-Type': 'application/x-ndjson',
    },
    body: toNdjson(records),
  });
  if (loaded.status !== 200) throw new Error(`not loaded: ${loaded.text}`);
  const cookies = new Map<string, Promise<string>>();
  const cookieOf = (name: string): Promise<string> => {
    const known = cookies.get(name) ?? site.signIn(`${name}@demo.test`);
    cookies.set(name, known);
    return known;
  };
  const send = async (path: string, body: string, name: string): Promise<Said> => {
    const answer = await site.ask(path, {
      method: 'POST',
      headers: { Origin: site.origin, 'Content-Type': FORM, Cookie: await cookieOf(name) },
      body,
    });
    // The tests say which of these they expect.
    return { ...(JSON.parse(answer.text) as object), status: answer.status };
  };
  const remedies = (nth: number): string => `/customers/org_${nth}/remedies`;
  /** The form as it is typed by hand, word for word. */
  const sendText = (nth: number, body: string, name = 'agent') => send(remedies(nth), body, name);
  /** The same as one that was opened for this. */
  const sendForm = (nth: number, body: string, name = 'agent') => sendText(nth, keyed(body), name);
  return {
    ...{ site, sandbox, sendForm, sendText },
    ask: (nth: number, asked: RemedyDraft, name = 'agent') =>
      sendForm(nth, toFormFields(asked), name),
    preview: (nth: number, asked: RemedyDraft, name = 'agent') =>
      send(`${remedies(nth)}/preview`, toFormFields(asked), name),
    withdraw: (id: string, reason: string, name: string) =>
      send(
        `/requests/${id}/withdraw?_data=pages%2Frequests%2Fdecide%2Fwithdraw.action`,
        new URLSearchParams({ reason }).toString(),
        name,
      ),
    /** What the customer page shows of requests and of the hold. */
    page: async (nth: number, name = 'agent') => {
      const path = `/customers/org_${nth}?_data=pages%2Fcustomer%2Fcustomer.page`;
      const { text } = await site.ask(path, { headers: { Cookie: await cookieOf(name) } });
      // What the page's loader answers, as far as the tests look.
      return JSON.parse(text) as {
        requests: CustomerRequests;
        customer: { generationHold: boolean | null };
      };
    },
    close: async () => {
      await site.close();
      await sandbox.close();
    },
  };
};
export type AskingConsole = Awaited<ReturnType<typeof askingConsole>>;
