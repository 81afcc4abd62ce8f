import { RemixBrowser } from '@remix-run/react';
import { startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { attended } from '#app/pages/attended.ts';
import { patient } from '#app/pages/connection.ts';

globalThis.fetch = patient(attended(globalThis.fetch.bind(globalThis)));

startTransition(() => {
  hydrateRoot(document, <RemixBrowser />);
});
