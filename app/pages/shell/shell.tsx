import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { usePrefetchRoutes } from '#app/pages/shell/prefetch-routes.ts';
import { ClocksApart } from '#app/pages/shell/clocks-apart.tsx';
import { Header } from '#app/pages/shell/header.tsx';
import type { Frame } from '#app/pages/shell/frame.ts';
import { NoConnection } from '#app/pages/shell/no-connection.tsx';
import { SendingHeld } from '#app/pages/shell/sending-held.tsx';
/** The frame of every page of somebody who is signed in. */
export function Shell({
  children,
  sendingHeld,
  clocksApart,
  ...frame
}: Frame & { children: ReactNode }) {
  usePrefetchRoutes();
  return (
    <div className="flex h-dvh min-h-0 flex-col">
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <Header {...frame} />
      <NoConnection />
      {sendingHeld ? <SendingHeld role={frame.actor.role} /> : null}
      {clocksApart === null ? null : <ClocksApart words={clocksApart} />}
      <Content>{children}</Content>
    </div>
  );
}

/** The one scrolling part of the window; pages that fill it scroll inside themselves. */
function Content({ children }: { children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    // Reached by the skip link: without this the focus would stay in the header.
    const follow = () => {
      if (location.hash === '#content') main.current?.focus();
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return (
    <main ref={main} id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-auto">
      {children}
    </main>
  );
}
