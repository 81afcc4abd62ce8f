import type { NextFunction, Request as Req, Response as Res } from 'express';
import { factsOf } from '#app/server/express/request-facts.ts';

const YEAR_SECONDS = 31_536_000;

const FIXED: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
  // What is not an asset is about somebody: static files say otherwise for themselves.
  'Cache-Control': 'no-store',
};

const policy = (nonce: string, development: boolean): string =>
  [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${nonce}'`,
    // The development server writes style elements of its own.
    development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');

/** On every response: what a browser may do with it. */
export const securityHeaders =
  (options: { https: boolean; development: boolean }) =>
  (_req: Req, res: Res, next: NextFunction): void => {
    for (const [name, value] of Object.entries(FIXED)) res.setHeader(name, value);
    res.setHeader('Content-Security-Policy', policy(factsOf(res).nonce, options.development));
    if (options.https)
      res.setHeader('Strict-Transport-Security', `max-age=${YEAR_SECONDS}; includeSubDomains`);
    next();
  };
