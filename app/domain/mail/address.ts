/** The longest address that mail servers take. */
const LONGEST = 254;

/** One name, one host, nothing that a mail header could read as more. */
const ONE_ADDRESS = /^[^\s\p{C}<>()[\]\\,;:"@]{1,64}@[^\s\p{C}<>()[\]\\,;:"@]+$/u;

/** What a text that is no plain address has or is, as a phrase behind its name. */
const FAULTS = {
  empty: 'is empty',
  line_break: 'has a line break in it',
  several: 'contains several addresses',
  too_long: 'is too long',
  none: 'is not an address',
} as const;
export type AddressFault = keyof typeof FAULTS;

/** What is wrong with an address; null: it is one plain address, nothing that a header could read as more. */
export function addressFault(text: string): AddressFault | null {
  if (text.trim() === '') return 'empty';
  if (/[\r\n\u0085\u2028\u2029]/.test(text)) return 'line_break';
  if (/[,;]/.test(text) || text.split('@').length > 2) return 'several';
  if (text.length > LONGEST) return 'too_long';
  return ONE_ADDRESS.test(text) ? null : 'none';
}

export const describeAddressFault = (fault: AddressFault): string => FAULTS[fault];

const OF_RECORD: Record<AddressFault, string> = {
  empty: 'The customer’s record has no address.',
  line_break: 'The address of the customer’s record has a line break in it.',
  several: 'The customer’s record contains several addresses.',
  too_long: 'The address of the customer’s record is too long.',
  none: 'The address of the customer’s record is not one.',
};

/** Why nobody can be written to at what a record says; null: it is one plain address. */
export function addressProblem(text: string): string | null {
  const fault = addressFault(text);
  return fault === null ? null : OF_RECORD[fault];
}
