import { readdirSync, readFileSync } from 'node:fs';
import { newFormKey } from '#app/pages/shared/form-key.ts';

/* A form that is sent again: what is sent, what is answered, and which forms there are. */

export type Form = Record<string, string>;
export interface Told {
  repeated?: boolean;
  requestId?: string;
}
export interface Said {
  status: number;
  asked?: Told;
  done?: Told;
  outcomes?: Told[];
  refused?: { refused: string; says: string; otherId?: string | null };
}
export interface Opened {
  name: string;
  path: string;
  form: Form;
  /** The same opened anew, as in a second tab; null: then it is a wish of its own. */
  anew?: Form | null;
  /** Until all that follows from it has happened. */
  carriedOut?: () => Promise<unknown>;
}
export interface Case {
  what: string;
  /** The file of its action. */
  file: string;
  /** Of its effect, in the audit log. */
  effect: string;
  open: () => Promise<Opened>;
}

export const toldOf = ({ asked, done, outcomes }: Said): Told | undefined =>
  asked ?? done ?? outcomes?.[0];
/** The first again, or the first named. */
export const namesTheFirst = (said: Said): boolean =>
  (said.status === 200 && toldOf(said)?.repeated === true) ||
  (said.status === 409 && (said.refused?.says ?? '') !== '');

/** The files below `app/pages` with an action. */
export const actingPages = (): string[] => {
  const pages = new URL('../../../app/pages/', import.meta.url);
  return readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => readFileSync(new URL(file, pages), 'utf8').includes('export const action'))
    .toSorted();
};

/** A refund for the nth customer, as its form is opened. */
export const refundForm = (nth: number): Form => ({
  ...{ kind: 'refund', paymentId: `ch_${nth}_twin`, amount: '1000', currency: 'usd', flagId: '' },
  ...{ ground: 'technical_issue', creditChoice: 'keep', reason: 'It never worked.' },
  ...{ evidence: `payment:ch_${nth}_twin`, key: newFormKey() },
});
