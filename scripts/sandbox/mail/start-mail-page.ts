import { serveLoopback } from '#scripts/sandbox/loopback.ts';
import type { Loopback } from '#scripts/sandbox/loopback.ts';
import { mailPage } from '#scripts/sandbox/mail/mail-page.ts';
import type { Delivered } from '#scripts/sandbox/mail/start-mail.ts';

/** Shows what was mailed at `/mail`, and as JSON at `/mail.json`, on 127.0.0.1. */
export const startMailPage = async (
  delivered: readonly Delivered[],
  { port = 0 }: { port?: number } = {},
): Promise<Loopback> =>
  serveLoopback(port, async ({ request, response }) => {
    const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
    const known = pathname === '/mail' || pathname === '/mail.json';
    response.writeHead(known ? 200 : 404, {
      'content-type': pathname === '/mail' ? 'text/html; charset=utf-8' : 'application/json',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    if (!known) response.end('{"error":"not found"}');
    else response.end(pathname === '/mail' ? mailPage(delivered) : JSON.stringify(delivered));
  });
