/** What a mail to a customer says, as plain text. */
export interface Email {
  subject: string;
  body: string;
}

/** A name as it stands in a greeting: one line, never so long that it is no name. */
export const greeting = (name: string): string => {
  const plain = name.replace(/\p{C}|\s+/gu, ' ').trim();
  return plain === '' || plain.length > 80 ? 'Hello,' : `Hello ${plain},`;
};

/** Paragraphs as plain text. */
export const emailBody = (...paragraphs: (string | null)[]): string =>
  `${paragraphs.filter((text) => text !== null).join('\n\n')}\n`;
