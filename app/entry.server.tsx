import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import type {
  ActionFunctionArgs,
  AppLoadContext,
  EntryContext,
  LoaderFunctionArgs,
} from '@remix-run/node';
import { renderToString } from 'react-dom/server';
import { NonceContext } from '#app/pages/shell/nonce.ts';
import { contextOf } from '#app/web/request-context.ts';

/**
 * Renders a page; its scripts bear the nonce of this response. Nothing is deferred and nothing suspends, so
 * the page is complete at once: it is made as one text and handed on beside the response, whose body would
 * take it apart into a stream and copy it back together.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Response {
  const { nonce, rendered } = contextOf(loadContext);
  const markup = renderToString(
    <NonceContext.Provider value={nonce}>
      <RemixServer context={remixContext} url={request.url} nonce={nonce} />
    </NonceContext.Provider>,
  );
  rendered.page = `<!DOCTYPE html>${markup}`;
  headers.set('Content-Type', 'text/html; charset=utf-8');
  return new Response(null, { status, headers });
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
