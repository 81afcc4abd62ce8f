import { Link } from '@remix-run/react';

interface Problem {
  title: string;
  message: string;
  requestId: string | null;
}

const TITLES: Record<number, string> = {
  400: 'This address cannot be shown',
  401: 'You are signed out',
  403: 'Your role does not allow this',
  404: 'There is no such page',
  405: 'This is not possible here',
  429: 'Too many at once',
  503: 'This cannot be done at the moment',
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
        ? 'Nothing was done here for a while, or you have signed out elsewhere. Sign in to go on.'
        : answer?.status === 404
          ? 'It may have been moved, or it never was there.'
          : 'It was noted. Try again, or come back with the request id.'),
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
      <Link to="/search">Search the book</Link>
    </p>
  </div>
);
