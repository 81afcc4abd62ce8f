import { isIP } from 'node:net';
import type { NextFunction, Request as Req, Response as Res } from 'express';
import { refuseRequest } from '#app/server/express/refusal.ts';
import { factsOf } from '#app/server/express/request-facts.ts';

/**
 * Without BASE_URL our origin is what the request itself names, so only names that cannot be pointed
 * at this machine by somebody else's name server count.
 */
const isOwnName = (url: URL): boolean =>
  url.hostname === 'localhost' || isIP(url.hostname.replace(/^\[|\]$/g, '')) > 0;

/** Whether a request that changes something comes from one of our own pages. */
const isOurOwn = (req: Req, url: URL, baseUrl: string | undefined): boolean => {
  if (baseUrl === undefined && !isOwnName(url)) return false;
  const { origin } = req.headers;
  return origin === undefined
    ? req.headers['sec-fetch-site'] === 'same-origin'
    : origin === url.origin;
};

/**
 * Stands before the router, whose own check lets addresses with `?_data=` and resource routes through:
 * every method but GET and HEAD must come from our own origin.
 */
export const sameOriginOnly =
  (baseUrl: string | undefined) =>
  (req: Req, res: Res, next: NextFunction): void => {
    const reads = req.method === 'GET' || req.method === 'HEAD';
    if (reads || isOurOwn(req, factsOf(res).url, baseUrl)) next();
    else refuseRequest(req, res, 403, 'cross_site_request');
  };
