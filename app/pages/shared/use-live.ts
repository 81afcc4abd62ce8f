import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';

const EVENTS = ['flags', 'customer', 'requests'] as const;
type LiveEvent = (typeof EVENTS)[number];

const eventsUrl = (customerId: string | undefined): string =>
  customerId === undefined ? '/events' : `/events?customer=${encodeURIComponent(customerId)}`;

/** Milliseconds before each try to be heard again after a refusal; the last of them from then on. */
const WAITS = [2_000, 5_000, 15_000, 30_000] as const;

/** One for each tab at most, and none for hidden ones: browsers keep few lines open to one server. */
const listenWhileSeen = (
  url: string,
  events: readonly LiveEvent[],
  onNews: () => void,
): (() => void) => {
  let source: EventSource | null = null;
  let wasOpen = false;
  let refusals = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  const onOpen = (): void => {
    refusals = 0;
    // What happened while nobody listened was told to nobody. Only once there is a connection again: facts
    // that cannot be loaded would take the page away, with all that is typed into it.
    if (wasOpen) onNews();
    wasOpen = true;
  };
  const open = (): void => {
    clearTimeout(again);
    if (source !== null || document.visibilityState !== 'visible') return;
    source = new EventSource(url);
    source.addEventListener('open', onOpen);
    for (const event of events) source.addEventListener(event, onNews);
    // Refused, and the browser gives up: a gateway without its server, or a session that is over. The
    // first ends by itself, the second once somebody has signed in again in another tab.
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      shut();
      again = setTimeout(open, WAITS[Math.min(refusals, WAITS.length - 1)]);
      refusals += 1;
    });
  };
  const shut = (): void => {
    clearTimeout(again);
    source?.close();
    source = null;
  };
  const onVisibility = (): void => {
    if (document.visibilityState !== 'visible') shut();
    else open();
  };
  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    shut();
  };
};

interface LiveOptions {
  /** The customer that the page shows. */
  customerId?: string | undefined;
  /** Not now, something is being written or decided: what is told meanwhile is loaded afterwards. */
  paused?: boolean;
  /** Only these matter to the page. */
  events?: readonly LiveEvent[];
}

/** Loads the page's facts anew when what it shows has changed. */
export const useLiveFacts = ({
  customerId,
  paused = false,
  events = EVENTS,
}: LiveOptions): void => {
  const { revalidate, state } = useRevalidator();
  const missed = useRef(false);
  const now = useRef({ revalidate, busy: false });
  const busy = paused || state !== 'idle';
  useEffect(() => {
    now.current = { revalidate, busy };
    if (busy || !missed.current) return;
    missed.current = false;
    revalidate();
  });
  const wanted = events.join(' ');
  useEffect(
    () =>
      listenWhileSeen(
        eventsUrl(customerId),
        EVENTS.filter((event) => wanted.includes(event)),
        () => {
          if (now.current.busy) missed.current = true;
          else now.current.revalidate();
        },
      ),
    [customerId, wanted],
  );
};

/** The same for a page that follows everything, and the customer it shows, if it shows one. */
export const useLive = (customerId?: string, paused = false): void =>
  useLiveFacts({ customerId, paused });
