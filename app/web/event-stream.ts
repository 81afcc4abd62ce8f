import type { PageApp } from '#app/web/request-context.ts';
import { MOST_STREAMS } from '#app/web/live-updates.ts';
import { signInFirst, tooMany } from '#app/web/http.ts';

const HEARTBEAT_EVERY = 20_000;
/** Seconds. */
const RETRY_AFTER = 30;

/**
 * Server-sent events for one open page: `flags`, `customer` and `requests` (see `Listener`), a comment
 * now and then so that nobody in between cuts the line, and the end when the session ends or the page goes away.
 */
export const eventStream = (
  app: PageApp,
  customerId: string | null,
  gone: AbortSignal,
): Response => {
  const { session } = app;
  if (session === null) throw signInFirst();
  // A browser asks again by itself after a while; pages that are not seen ask for none.
  if (!app.changes.hasRoomFor(app.actor.staffId)) throw tooMany(RETRY_AFTER, MOST_STREAMS);
  let stop = (): void => undefined;
  const text = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      const write = (lines: string): void => stream.enqueue(text.encode(`${lines}\n\n`));
      write('retry: 3000');
      const heartbeat = setInterval(() => write(': still here'), HEARTBEAT_EVERY);
      const leave = app.changes.listen({
        customerId,
        tell: (what) => write(`event: ${what}\ndata: ${app.now()}`),
        staffId: app.actor.staffId,
        sessionHash: session.hash,
        end: () => end(true),
      });
      let open = true;
      const end = (close: boolean): void => {
        if (!open) return;
        open = false;
        clearInterval(heartbeat);
        leave();
        if (close) stream.close();
      };
      stop = () => end(false);
      gone.addEventListener('abort', () => end(true), { once: true });
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' },
  });
};
