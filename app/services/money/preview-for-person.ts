import type { Asked } from '#app/domain/requests/asked.ts';
import type { RequestRefusal } from '#app/domain/requests/refusal.ts';
import type { RemedyRequest } from '#app/domain/requests/request.ts';
import type { Weighed } from '#app/domain/requests/weighed.ts';
import { foretellMail } from '#app/services/money/foretell-mail.ts';
import type { Foretold } from '#app/services/money/foretell-mail.ts';
import { previewRemedy } from '#app/services/money/preview-remedy.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';

/** What a person is shown before they ask. */
export interface PersonPreview {
  /** Null where what is asked cannot even be weighed. */
  weighed: Pick<Weighed, 'guards' | 'verdict' | 'needsWord' | 'balance' | 'seen'> | null;
  /** Credits that a refund takes back, 0 or more. */
  takeBack: number;
  /** Why it could not be asked for now; null: it could. */
  refusal: RequestRefusal | null;
  /** What the customer would be told; null where that cannot be said. */
  foretold: Foretold | null;
}

/**
 * A remedy before it is asked for: the same computation as asking, with the mail that would follow.
 * @param of the request that would be changed to it; null: it would be a new one.
 */
export async function previewForPerson(
  app: StaffMoneyDeps,
  asked: Asked,
  of: Pick<RemedyRequest, 'id' | 'requestedBy'> | null = null,
): Promise<PersonPreview> {
  const { weighed, refusal } = await previewRemedy(app, asked, of);
  if (weighed === null) return { weighed, takeBack: 0, refusal, foretold: null };
  const { content, guards, verdict, needsWord, balance, seen } = weighed;
  return {
    weighed: { guards, verdict, needsWord, balance, seen },
    takeBack: content.kind === 'refund' ? content.takeBack : 0,
    refusal,
    foretold: await foretellMail(app, {
      ...{ id: 'req_preview', revision: 1, content, customerId: content.customerId },
      requestedBy: of?.requestedBy ?? app.actor.staffId,
    }),
  };
}
