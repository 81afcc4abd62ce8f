/** Characters of a reason that a person gives for a decision. */
export const LONGEST_REASON = 500;
