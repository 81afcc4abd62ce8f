import type { NamedTarget } from '#app/pages/shared/flags/flag-rights.ts';

/** So many are told one by one; nobody reads more before a decision. */
const MOST = 5;

/** What a decision is about to be taken on, in the place where it is taken: whose flag, and what is wrong. */
export const DecidedFlags = ({ targets }: { targets: readonly NamedTarget[] }) => (
  <ul aria-label="Flags" className="grid gap-1 border-s-4 border-hairline ps-3">
    {targets.slice(0, MOST).map(({ id, customer, sentence }) => (
      <li key={id} className="break-words">
        {customer === null ? null : (
          <>
            <bdi className="font-medium">{customer}</bdi>:{' '}
          </>
        )}
        <bdi>{sentence}</bdi>
      </li>
    ))}
    {targets.length > MOST ? (
      <li className="text-ink-quiet">and {targets.length - MOST} more that are ticked</li>
    ) : null}
  </ul>
);
