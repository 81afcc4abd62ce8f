import { Link } from '@remix-run/react';

interface Problem {
  title: string;
  message: string;
  requestId: string | null;
}

const TITLES: Record<number, string> = {
  400: 'This link is broken',
  401: 'You are signed out',
  403: 'You don’t have access',
  404: 'Page not found',
  405: 'This isn’t possible here',
  429: 'Too many requests',
  503: 'This can’t be done right now',
};

const textOf = (facts: unknown, key: string): string | null => {
  if (typeof facts !== 'object' || facts === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(facts, key)?.value;
  return typeof value === 'string' ? value : null;
};

/**
 * What the page says of a problem. Only answers of our own helpers carry a `message`, and those are our
 * words; anything else thrown is told by its status alone.
 */
export const errorOf = (answer: { status: number; data: unknown } | null): Problem => {
  const known = answer !== null && textOf(answer.data, 'error') !== null;
  return {
    title: (answer && TITLES[answer.status]) ?? 'Something went wrong',
    message:
      (known ? textOf(answer.data, 'message') : null) ??
      (answer?.status === 401
        ? 'Your session ended, or you signed out elsewhere. Sign in to continue.'
        : answer?.status === 404
          ? 'It may have moved, or it never existed.'
          : 'Try again, or report this request id.'),
    requestId: known ? textOf(answer.data, 'requestId') : null,
  };
};

/** A plain page with a way back. */
export const ErrorPage = ({ title, message, requestId }: Problem) => (
  <div className="grid max-w-xl gap-3 p-6">
    <h1 className="text-heading">{title}</h1>
    <p>{message}</p>
    {requestId === null ? null : (
      <p className="text-small text-ink-quiet">
        Request <span className="font-mono">{requestId}</span>
      </p>
    )}
    <p className="flex gap-4">
      {title === TITLES[401] ? <a href="/sign-in">Sign in</a> : null}
      <Link to="/">Back to the flags</Link>
      <Link to="/search">Search</Link>
    </p>
  </div>
);
