/** Why something asked of a request was not done; `says` is a sentence for the person who asked. */
export type RequestRefusal =
  | { refused: 'not_found'; says: string }
  | { refused: 'forbidden'; says: string }
  /** By the name of the field that is wrong. */
  | { refused: 'invalid'; says: string; fields: Record<string, string> }
  | {
      refused: 'conflict';
      says: string;
      /** The request that stands in the way; null: none does. */
      otherId: string | null;
      /** What is different from what the person saw, in words. */
      differences: string[];
      /** The other one is the same: with a reason for a second time it can be asked for. */
      mayRepeat?: true;
    }
  /** It moves much, and the person has signed in too long ago. */
  | { refused: 'sign_in_again'; says: string }
  /** The payment provider cannot be asked now. */
  | { refused: 'unavailable'; says: string };

export type Refused = { ok: false; refusal: RequestRefusal };

const STATUS = {
  not_found: 404,
  forbidden: 403,
  invalid: 422,
  conflict: 409,
  sign_in_again: 401,
  unavailable: 503,
};

/** The HTTP status that says the same. */
export const statusOf = ({ refused }: RequestRefusal): number => STATUS[refused];

const no = (refusal: RequestRefusal): Refused => ({ ok: false, refusal });

export const notFound = (says: string): Refused => no({ refused: 'not_found', says });
export const forbidden = (says: string): Refused => no({ refused: 'forbidden', says });
export const signInAgain = (): Refused =>
  no({
    refused: 'sign_in_again',
    says: 'Enter your password again to continue.',
  });
export const unavailable = (says: string): Refused => no({ refused: 'unavailable', says });

/** @param fields at least one. */
export const invalid = (fields: Record<string, string>): Refused =>
  no({ refused: 'invalid', says: Object.values(fields).join(' '), fields });

/** @param otherId the request that is the same. */
export const repeats = (says: string, otherId: string): Refused =>
  no({ refused: 'conflict', says, otherId, differences: [], mayRepeat: true });

export const conflict = (
  says: string,
  { otherId = null, differences = [] }: { otherId?: string | null; differences?: string[] } = {},
): Refused => no({ refused: 'conflict', says, otherId, differences });
