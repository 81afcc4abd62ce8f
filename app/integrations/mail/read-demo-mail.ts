import { z } from 'zod';

/** A mail that the demo's own mail server has accepted. */
export interface DemoMail {
  /** Epoch milliseconds. */
  at: number;
  to: string[];
  subject: string;
  text: string;
}

const TIMEOUT_MS = 5_000;

const answer = z.array(
  z
    .object({
      at: z.number(),
      to: z.array(z.string()),
      headers: z.record(z.string(), z.string()),
      text: z.string(),
    })
    .transform(({ headers, ...mail }): DemoMail => ({
      ...mail,
      subject: headers['subject'] ?? '',
    })),
);

/** The mails that the server at `url` has accepted, oldest first; null: it does not answer. */
export const readDemoMail = async (url: string): Promise<DemoMail[] | null> => {
  try {
    const response = await fetch(new URL('/mail.json', url), {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return answer.parse(await response.json());
  } catch {
    // Away, or something else has its port: the page says so.
    return null;
  }
};
