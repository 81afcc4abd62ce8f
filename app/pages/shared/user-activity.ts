/*
 * A page that is left open goes on asking for its facts, and must not keep anybody signed in by that. What the
 * browser asks for says whether somebody was at the page a moment ago.
 */

const HEADER = 'X-Redress-Attended';
/** Milliseconds after which nobody is at the page any more, for all it knows. */
const MOMENT = 60_000;
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'input'] as const;

/** A `fetch` that says whether somebody has touched the page lately. */
export const isUserActive = (plain: typeof fetch): typeof fetch => {
  // Whoever opens a page is there.
  let last = Date.now();
  const note = (): void => {
    last = Date.now();
  };
  for (const sign of SIGNS) addEventListener(sign, note, { capture: true, passive: true });
  return (input, init) => {
    const { origin } = new URL(input instanceof Request ? input.url : input, location.href);
    if (origin !== location.origin || Date.now() - last > MOMENT) return plain(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
    headers.set(HEADER, 'yes');
    return plain(input, { ...init, headers });
  };
};
