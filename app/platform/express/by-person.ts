import type { Request as Req } from 'express';

/**
 * Whether a person has asked for this. A page that is only open asks as well: for its facts, whenever
 * something changes, and to be told of changes. So what scripts ask for counts only where our own script says
 * that somebody was at the page a moment ago.
 */
export const isByPerson = (req: Req, url: URL): boolean => {
  if (req.headers['x-redress-attended'] === 'yes') return url.pathname !== '/events';
  const destination = req.headers['sec-fetch-dest'];
  if (destination !== undefined) return destination === 'document';
  // Programs, and browsers that do not say.
  return req.method === 'POST' || !(url.searchParams.has('_data') || url.pathname === '/events');
};
