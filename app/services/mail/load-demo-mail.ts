import { readDemoMail } from '#app/integrations/mail/read-demo-mail.ts';
import type { DemoMail } from '#app/integrations/mail/read-demo-mail.ts';

const MOST = 100;

export type DemoMails =
  | { kind: 'read'; total: number; newest: DemoMail[] }
  /** The demo's mail server does not answer. */
  | { kind: 'away' }
  /** Mail goes out through a server that somebody has named, or nowhere. */
  | { kind: 'elsewhere' };

/** What the demo has mailed, newest first. `url`: of its own mail server, where it runs one. */
export const loadDemoMail = async (url: string | undefined): Promise<DemoMails> => {
  if (url === undefined) return { kind: 'elsewhere' };
  const mails = await readDemoMail(url);
  if (mails === null) return { kind: 'away' };
  return { kind: 'read', total: mails.length, newest: mails.toReversed().slice(0, MOST) };
};
