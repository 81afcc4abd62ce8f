/*
 * What happens when there is no connection: whatever the router loads waits for one and is asked again,
 * so that the page and all that is typed into it stay. Only loads: what is sent to be done is never sent
 * again by itself.
 */

/** Milliseconds before each further try; the last of them from then on. */
const WAITS = [500, 1_000, 2_000, 5_000] as const;

let waiting = 0;
const listeners = new Set<() => void>();

const count = (by: 1 | -1): void => {
  waiting += by;
  for (const listener of listeners) listener();
};

/** Whether something waits for the connection to come back; for `useSyncExternalStore`. */
export const connection = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  isWaiting: (): boolean => waiting > 0,
};

/** Reads of the router: `_data` names the route whose facts it wants. */
const isLoad = (input: RequestInfo | URL, init: RequestInit | undefined): boolean =>
  !(input instanceof Request) &&
  (init?.method ?? 'GET').toUpperCase() === 'GET' &&
  new URL(input, location.href).searchParams.has('_data');

/** Ends after a while, at once when the browser has a connection again, or when nobody waits any more. */
const pause = (milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds);
    function end() {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal?.removeEventListener('abort', end);
      resolve();
    }
    addEventListener('online', end);
    signal?.addEventListener('abort', end);
  });

/** What a gateway says in place of a server that restarts or is too busy: no answer of the program's. */
const GATEWAY = new Set([502, 503, 504]);
/** What the router's own server puts on all that it says. */
const MARKS = ['X-Remix-Response', 'X-Remix-Catch', 'X-Remix-Error', 'X-Remix-Redirect'] as const;
const isAnswer = ({ status, headers }: Response): boolean =>
  !GATEWAY.has(status) || MARKS.some((mark) => headers.has(mark));

/** `fetch` rejects with a `TypeError` where there was no answer at all. */
const isNoConnection = (error: unknown, init: RequestInit | undefined): boolean =>
  error instanceof TypeError && init?.signal?.aborted !== true;

/** What the program has answered; null: there was no answer, or none of the program's. */
async function answerTo(
  plain: typeof fetch,
  ...[input, init]: Parameters<typeof fetch>
): Promise<Response | null> {
  try {
    const response = await plain(input, init);
    return isAnswer(response) ? response : null;
  } catch (error) {
    if (isNoConnection(error, init)) return null;
    throw error;
  }
}

async function askUntilAnswered(
  plain: typeof fetch,
  ...[input, init]: Parameters<typeof fetch>
): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    await pause(WAITS[Math.min(tries, WAITS.length - 1)] ?? 0, init?.signal);
    const answer = await answerTo(plain, input, init);
    if (answer !== null) return answer;
  }
}

/** A `fetch` whose loads wait for a connection; everything else fails as it always did. */
export const retryingFetch =
  (plain: typeof fetch): typeof fetch =>
  async (input, init) => {
    if (!isLoad(input, init)) return plain(input, init);
    const answer = await answerTo(plain, input, init);
    if (answer !== null) return answer;
    count(1);
    try {
      return await askUntilAnswered(plain, input, init);
    } finally {
      count(-1);
    }
  };
