import { creditsInWords } from '#app/domain/credits.ts';
import { formatMoney } from '#app/domain/money.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';

/** What a yes is given to, for the button that gives it: `$49.00 for`, and then the customer. */
export function sayWhatIsApproved(content: RequestContent): string {
  switch (content.kind) {
    case 'refund':
      return `${formatMoney(content.amount, content.currency)} for`;
    case 'credit_adjustment':
      return content.credits > 0
        ? `${creditsInWords(content.credits)} for`
        : `taking ${creditsInWords(-content.credits)} from`;
    case 'generation_hold':
      return content.hold ? 'the hold for' : 'the end of the hold for';
  }
}
