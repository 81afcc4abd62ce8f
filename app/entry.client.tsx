import { RemixBrowser } from '@remix-run/react';
import { startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { isUserActive } from '#app/pages/shared/user-activity.ts';
import { retryingFetch } from '#app/pages/shared/retrying-fetch.ts';

globalThis.fetch = retryingFetch(isUserActive(globalThis.fetch.bind(globalThis)));

startTransition(() => {
  hydrateRoot(document, <RemixBrowser />);
});
