import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import { useContext, type ReactNode } from 'react';
import type { ClockVerdict } from '#app/domain/time/clock-skew.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { NonceContext } from '#app/pages/shell/nonce.ts';
import { ErrorPage, errorOf } from '#app/pages/shared/error-page.tsx';
import { Shell } from '#app/pages/shell/shell.tsx';
import { isTheme } from '#app/pages/shell/theme.ts';
import type { Theme } from '#app/pages/shell/theme.ts';
import { readCookie } from '#app/lib/cookies.ts';
import { guarded } from '#app/web/guarded.ts';
import { showsMail } from '#app/web/request-context.ts';
import { countOpenFlags } from '#app/services/flags/count-open-flags.ts';
import { countMyRequests } from '#app/services/requests/views/count-my-requests.ts';
import { sendingHeldSince } from '#app/services/restore/load-restore.ts';
import styles from '#app/ui/app.css?url';
import icon from '#app/ui/icon.svg?url';

export const links = () => [
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', type: 'image/svg+xml', href: icon },
];

export const meta = () => [{ title: 'Redress' }];

const themeOf = (request: Request): Theme => {
  const kept = readCookie(request.headers.get('Cookie') ?? undefined, 'theme');
  return isTheme(kept) ? kept : 'system';
};

const clockSkewMessage = (verdict: ClockVerdict, role: Role): string | null =>
  verdict.kind === 'agrees' || !may(role, 'clocks.view') ? null : verdict.words;

/** What every page's frame shows. */
export const loader = guarded('public', { audit: 'none' }, async ({ app, request }) => {
  const { actor } = app;
  const [openFlags, myRequests, heldSince] = await Promise.all([
    actor && countOpenFlags(app),
    actor && countMyRequests({ ...app, actor }),
    actor && sendingHeldSince(app.store.read),
  ]);
  return {
    theme: themeOf(request),
    openFlags,
    myRequests,
    sendingHeld: heldSince !== null,
    clocksApart: actor && clockSkewMessage(app.clock.verdict, actor.role),
    actor: actor && { name: actor.name, email: actor.email, role: actor.role },
    ticket: app.ticket,
    demo: app.demo,
    mail: showsMail(app),
  };
});

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(NonceContext);
  const theme = useRouteLoaderData<typeof loader>('root')?.theme ?? 'system';
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  const { actor, ...frame } = useLoaderData<typeof loader>();
  if (actor === null) return <Outlet />;
  return (
    <Shell actor={actor} {...frame}>
      <Outlet />
    </Shell>
  );
}

/** The last boundary: our own words and the status, never what was thrown. */
export function ErrorBoundary() {
  const error = useRouteError();
  const frame = useRouteLoaderData<typeof loader>('root');
  const page = <ErrorPage {...errorOf(isRouteErrorResponse(error) ? error : null)} />;
  return frame?.actor ? (
    <Shell {...frame} actor={frame.actor}>
      {page}
    </Shell>
  ) : (
    page
  );
}
