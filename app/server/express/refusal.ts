import type { Request as Req, Response as Res } from 'express';
import { factsOf } from '#app/server/express/request-facts.ts';

const TITLES: Record<number, string> = {
  400: 'This request cannot be understood',
  401: 'Sign in first',
  403: 'This is not allowed',
  404: 'There is no such page',
  405: 'This is not possible here',
  408: 'This took too long',
  409: 'This is being done already',
  413: 'This is too large',
  415: 'This kind of content is not taken',
  422: 'This does not fit',
  429: 'Too many at once',
  500: 'Something went wrong',
  503: 'This cannot be done at the moment',
};

/** What to do about it, where the code alone does not say. */
const SAYS: Record<string, string> = {
  body_too_large: 'This is more than is taken at once. Send less.',
  not_a_form: 'Forms are taken as application/x-www-form-urlencoded only.',
  too_many_fields: 'A form may have at most 100 fields.',
  too_many_parameters: 'An address may have at most 100 parameters.',
};

const page = (title: string, code: string, requestId: string, words: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}: Redress</title></head>` +
  `<body><main><h1>${title}</h1><p>${words}</p><p>${code}, request ${requestId}</p>` +
  `<p><a href="/">Back to the console</a></p></main></body></html>`;

/**
 * Ends a request before any page runs: a status, a fixed code and the request id; a small page for
 * browsers, JSON for programs. Nothing of what was sent is repeated; `words` are our own.
 */
export const refuseRequest = (
  req: Req,
  res: Res,
  status: number,
  code: string,
  words = SAYS[code],
): void => {
  const { requestId } = factsOf(res);
  res.status(status);
  if (req.method === 'HEAD') res.end();
  else if ((req.headers.accept ?? '').includes('text/html'))
    res.type('html').send(page(TITLES[status] ?? 'Refused', code, requestId, words ?? ''));
  else res.json({ error: code, message: words, requestId });
};
