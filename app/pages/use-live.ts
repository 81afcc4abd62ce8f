import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';

const eventsUrl = (customerId: string | undefined): string =>
  customerId === undefined ? '/events' : `/events?customer=${encodeURIComponent(customerId)}`;

/** One for each tab at most, and none for hidden ones: browsers keep few lines open to one server. */
const listenWhileSeen = (url: string, onNews: () => void): (() => void) => {
  let source: EventSource | null = null;
  const open = (): void => {
    if (source !== null || document.visibilityState !== 'visible') return;
    source = new EventSource(url);
    source.addEventListener('flags', onNews);
    source.addEventListener('customer', onNews);
    // The server has refused, most likely because the session is over: asking again would not help.
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) shut();
    });
  };
  const shut = (): void => {
    source?.close();
    source = null;
  };
  const onVisibility = (): void => {
    if (document.visibilityState !== 'visible') return shut();
    open();
    // What happened in the meantime was told to nobody.
    onNews();
  };
  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    shut();
  };
};

/**
 * Loads the page's facts anew when flags change or, if it shows one, when this customer is imported to
 * or swept. `paused`: not now, something is being written or decided.
 */
export const useLive = (customerId?: string, paused = false): void => {
  const { revalidate, state } = useRevalidator();
  const now = useRef({ revalidate, state, paused });
  useEffect(() => {
    now.current = { revalidate, state, paused };
  });
  useEffect(
    () =>
      listenWhileSeen(eventsUrl(customerId), () => {
        const { revalidate: load, state: at, paused: wait } = now.current;
        if (!wait && at === 'idle') load();
      }),
    [customerId],
  );
};
