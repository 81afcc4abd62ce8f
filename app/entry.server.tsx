import { Writable } from 'node:stream';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import type {
  ActionFunctionArgs,
  AppLoadContext,
  EntryContext,
  LoaderFunctionArgs,
} from '@remix-run/node';
import { renderToPipeableStream } from 'react-dom/server';
import { NonceContext } from '#app/pages/shell/nonce.ts';
import { contextOf } from '#app/platform/request-context.ts';

const RENDER_WITHIN = 10_000;

/** Collects the page: nothing is deferred, so it is complete at once and leaves in one piece. */
class Pieces extends Writable {
  readonly #pieces: Buffer[] = [];
  override _write(piece: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#pieces.push(piece);
    done();
  }
  page(): Buffer<ArrayBuffer> {
    return Buffer.concat(this.#pieces);
  }
}

/** Renders a page; its scripts bear the nonce of this response. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { nonce, platform, requestId } = contextOf(loadContext);
  return new Promise((resolve, reject) => {
    const pieces = new Pieces();
    pieces.on('finish', () => {
      clearTimeout(tooLong);
      headers.set('Content-Type', 'text/html; charset=utf-8');
      resolve(new Response(pieces.page(), { status: failed ? 500 : status, headers }));
    });
    let failed = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        onAllReady: () => pipe(pieces),
        onShellError: reject,
        onError: (error) => {
          failed = true;
          platform.log.error({ requestId, err: error }, 'rendering failed');
        },
      },
    );
    const tooLong = setTimeout(abort, RENDER_WITHIN);
  });
}

/** What went wrong outside of any loader or action: `guarded` has logged what went wrong inside. */
export function handleError(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  if (request.signal.aborted) return;
  const { platform, requestId } = contextOf(context);
  // The router's own refusals repeat the address in their text.
  if (isRouteErrorResponse(error))
    platform.log.warn({ requestId, status: error.status }, 'the router refused');
  else platform.log.error({ requestId, err: error }, 'a page failed');
}
