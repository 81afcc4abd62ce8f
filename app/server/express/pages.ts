import type { NextFunction, Request as Req, Response as Res } from 'express';
import { BODY_REFUSALS, readBody, formBodyError } from '#app/server/express/body.ts';
import { signedInOf } from '#app/server/express/require-session.ts';
import { refuseRequest } from '#app/server/express/refusal.ts';
import { factsOf } from '#app/server/express/request-facts.ts';
import { sendWebResponse, toWebRequest } from '#app/server/express/web-exchange.ts';
import type { Platform, RequestContext } from '#app/web/request-context.ts';
import { cookiesAreSecure } from '#app/web/session-cookie.ts';
import { readTicket } from '#app/web/ticket.ts';

/** The router: a web request and our facts about it in, a web response out. */
export type PageHandler = (request: Request, context: RequestContext) => Promise<Response>;

const LARGEST_FORM = 64 * 1024;

/** Forms are read here, bounded, because the router has no limit of its own. */
const bodyOf = async (req: Req, res: Res): Promise<{ body: Buffer | null } | null> => {
  if (req.method !== 'POST') return { body: null };
  const read = await readBody(req, LARGEST_FORM);
  if (read.ok) {
    const why = formBodyError(req, read.body);
    if (why === null) return { body: read.body };
    refuseRequest(req, res, ...why);
    return null;
  }
  // What is left of the body will not be read, so the connection cannot be used again.
  res.setHeader('Connection', 'close');
  refuseRequest(req, res, ...BODY_REFUSALS[read.why]);
  return null;
};

/** Hands a request that passed every gate to the pages. */
export const pages =
  (platform: Platform, handle: PageHandler) =>
  (req: Req, res: Res, next: NextFunction): void => {
    const answer = async (): Promise<void> => {
      const sent = await bodyOf(req, res);
      if (sent === null) return;
      const { requestId, nonce, url, address } = factsOf(res);
      const secure = cookiesAreSecure(platform.env);
      const { ticket, setCookie } = readTicket(url.searchParams, req.headers.cookie, secure);
      const signedIn = signedInOf(res);
      if (setCookie !== null && signedIn !== null) res.append('Set-Cookie', setCookie);
      const context: RequestContext = {
        kind: 'redress-request',
        platform,
        requestId,
        nonce,
        address,
        signedIn,
        ticket,
        asksForFacts: url.searchParams.has('_data'),
        headers: new Headers(),
        rendered: { page: null },
      };
      const response = await handle(toWebRequest(req, res, url, sent.body), context);
      for (const [name, value] of context.headers) res.setHeader(name, value);
      if (!res.headersSent) await sendWebResponse(req, res, response, context.rendered.page);
    };
    answer().catch(next);
  };
