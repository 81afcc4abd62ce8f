import type { Response as Res } from 'express';

/** What the parts of the server learn about a request on its way through; kept in `res.locals`. */
export interface RequestFacts {
  requestId: string;
  nonce: string;
  startedAt: number;
  actorId: string | null;
  /** Whom it comes from: the first of those in front of us, from our side, that is no proxy of ours. */
  address: string;
  url: URL;
}

export const factsOf = (res: Res): RequestFacts =>
  // `begin` puts it there before any other part runs.
  res.locals['facts'] as RequestFacts;

export const setFacts = (res: Res, facts: RequestFacts): void => {
  res.locals['facts'] = facts;
};
