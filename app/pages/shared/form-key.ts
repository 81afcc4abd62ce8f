/** Bytes of chance: nobody else's form has the same, and nobody guesses it. */
const BYTES = 16;

/** What one opened form is known by, however often it is sent. Also where the page is not served securely. */
export const newFormKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
