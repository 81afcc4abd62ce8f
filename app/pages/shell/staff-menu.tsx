import { Form, useLocation } from '@remix-run/react';
import type { Role } from '#app/domain/access/roles.ts';
import type { Frame } from '#app/pages/shell/frame.ts';
import { THEMES } from '#app/pages/shell/theme.ts';
import type { Theme } from '#app/pages/shell/theme.ts';
import { useClosingDetails } from '#app/ui/use-closing-details.ts';
const ROLE_NAMES: Record<Role, string> = {
  agent: 'Agent',
  lead: 'Team lead',
  finance: 'Finance',
  admin: 'Admin',
  auditor: 'Auditor',
};

/** Who is signed in and as what; colours; the way out. Plain forms: they work without scripts. */
export function StaffMenu({ actor, demo, theme }: Pick<Frame, 'actor' | 'demo' | 'theme'>) {
  const menu = useClosingDetails();
  return (
    <details ref={menu} className="menu">
      <summary className="button" title={actor.email}>
        {ROLE_NAMES[actor.role]} <span aria-hidden>▾</span>
      </summary>
      <div className="menu-panel">
        <div className="border-b border-hairline px-3 pb-2">
          <p className="one-line font-medium">
            <bdi>{actor.name}</bdi>
          </p>
          <p className="one-line text-small text-ink-quiet" title={actor.email}>
            {actor.email}
          </p>
          <p className="text-small text-ink-quiet">
            {ROLE_NAMES[actor.role]}
            {demo ? ' · demo' : ''}
          </p>
        </div>
        <ThemeSwitch theme={theme} />
        <Form method="post" action="/sign-out" reloadDocument className="px-3 pt-2">
          <button className="button w-full justify-center">Sign out</button>
        </Form>
      </div>
    </details>
  );
}

const WORDS: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

function ThemeSwitch({ theme }: { theme: Theme }) {
  const { pathname, search } = useLocation();
  return (
    <Form
      method="post"
      action="/theme"
      reloadDocument
      className="border-b border-hairline px-3 py-2"
    >
      <input type="hidden" name="back" value={pathname + search} />
      <fieldset className="flex gap-1">
        <legend className="pb-1 text-small text-ink-quiet">Theme</legend>
        {THEMES.map((one) => (
          <button
            key={one}
            name="theme"
            value={one}
            aria-pressed={one === theme}
            className={`button ${one === theme ? 'pressed' : ''}`}
          >
            {WORDS[one]}
          </button>
        ))}
      </fieldset>
    </Form>
  );
}
