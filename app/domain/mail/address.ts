/** The longest address that mail servers take. */
const LONGEST = 254;

/** One name, one host, nothing that a mail header could read as more. */
const ONE_ADDRESS = /^[^\s\p{C}<>()[\]\\,;:"@]{1,64}@[^\s\p{C}<>()[\]\\,;:"@]+$/u;

/** Why nobody can be written to at what a record says; null: it is one plain address. */
export function addressProblem(text: string): string | null {
  if (text.trim() === '') return 'The customer’s record has no address.';
  if (/[\r\n\u0085\u2028\u2029]/.test(text))
    return 'The address of the customer’s record has a line break in it.';
  if (/[,;]/.test(text) || text.split('@').length > 2)
    return 'The customer’s record names several addresses.';
  if (text.length > LONGEST) return 'The address of the customer’s record is too long.';
  return ONE_ADDRESS.test(text) ? null : 'The address of the customer’s record is not one.';
}
