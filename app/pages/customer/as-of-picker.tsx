import { useNavigate, useSearchParams } from '@remix-run/react';
import type { FormEvent } from 'react';
import { DAY, HOUR, toIso } from '#app/lib/instant.ts';
import { Banner } from '#app/ui/banner.tsx';
import { fullUtc } from '#app/ui/time-format.ts';
import { useClosingDetails } from '#app/ui/use-closing-details.ts';

/** The address with another (or no) instant, everything else kept. */
function useAsOfAddress() {
  const [params] = useSearchParams();
  return (asOf: number | null): string => {
    const next = new URLSearchParams(params);
    next.delete('asOf');
    if (asOf !== null) next.set('asOf', toIso(asOf));
    return `?${next.toString()}`;
  };
}

const STEPS = [
  ['an hour earlier', HOUR],
  ['a day earlier', DAY],
  ['a week earlier', 7 * DAY],
] as const;

/** Shows the account as it was at an instant that one chooses. */
export function AsOfPicker({ asOf, at }: { asOf: number | null; at: number }) {
  const menu = useClosingDetails();
  const navigate = useNavigate();
  const address = useAsOfAddress();
  const go = (instant: number | null) => {
    if (menu.current) menu.current.open = false;
    navigate(address(instant));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('asOf');
    // A datetime-local field has no zone: here it is UTC, as its label says.
    const instant = typeof typed === 'string' ? Date.parse(`${typed}Z`) : NaN;
    if (!Number.isNaN(instant)) go(instant);
  };
  return (
    <details ref={menu} className="menu">
      <summary className="button">{asOf === null ? 'As of now' : 'Back in time'} ▾</summary>
      <div className="menu-panel px-3">
        <form onSubmit={submit} className="grid gap-2">
          <label className="grid gap-1">
            Show the account as it was at (UTC)
            <input
              className="input"
              type="datetime-local"
              name="asOf"
              step={1}
              required
              defaultValue={toIso(at).slice(0, 19)}
            />
          </label>
          <div className="flex flex-wrap gap-1">
            <button className="button primary">Show</button>
            {STEPS.map(([words, by]) => (
              <button key={words} type="button" className="button" onClick={() => go(at - by)}>
                {words}
              </button>
            ))}
          </div>
        </form>
      </div>
    </details>
  );
}

/** Says that what follows is the past; nothing can be done to it. */
export function PastBanner({ asOf }: { asOf: number }) {
  const navigate = useNavigate();
  const address = useAsOfAddress();
  return (
    <Banner tone="warning" label="You’re viewing the past">
      <strong>
        As of <time dateTime={toIso(asOf)}>{fullUtc(asOf)} UTC</time>
      </strong>
      <span>
        What came later is hidden, and the rules judge as of then. What carries no date (names, a
        status, a dispute) is as it stands today. Nothing can be changed.
      </span>
      <button type="button" className="button" onClick={() => navigate(address(null))}>
        Back to now
      </button>
    </Banner>
  );
}
