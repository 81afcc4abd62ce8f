import { createContext } from 'react';

/** The nonce of this response, for the document's scripts. Empty in the browser, which hides it anyway. */
export const NonceContext = createContext('');
