import { MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import type { Deciding } from '#app/services/requests/approvals/decide-request.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import { loadRequest } from '#app/services/requests/views/load-request.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { withdrawRequest } from '#app/services/requests/lifecycle/withdraw-request.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { askInsisting } from '#tests/support/consoles/ask-insisting.ts';
import type { Agenda } from '#tests/reliability/scenarios/simulation/agenda.ts';
import { failNow } from '#tests/reliability/scenarios/simulation/mishaps.ts';
import type { Service } from '#tests/reliability/scenarios/simulation/service.ts';
import type { Charged } from '#tests/reliability/scenarios/simulation/verdict.ts';

const GROUNDS = [
  ...(['technical_issue', 'duplicate_charge', 'charge_after_cancellation', 'other'] as const),
];
const CHOICES = ['keep', 'take_back_all', 'take_back_unspent'] as const;
const MOST = 3_000;

/** What agents ask, and what finance and leads make of it, soon, late or never. */
export class Office {
  readonly requests: string[] = [];
  readonly wrong: string[] = [];

  constructor(
    private readonly service: Service,
    private readonly charges: readonly Charged[],
    private readonly agenda: Agenda,
    /** Called when there may be something to send. */
    private readonly onDecided: () => void,
  ) {}

  async ask(): Promise<void> {
    const { chance, people } = this.service;
    const agent = chance.pick(people.agent);
    const asked = this.somethingToAsk();
    failNow(this.service);
    // A double click, now and then.
    const clicks = chance.happens(0.1) ? 2 : 1;
    const ask = clicks === 1 ? askInsisting : createRequest;
    const answers = await Promise.allSettled(
      Array.from({ length: clicks }, () => ask(agent, asked)),
    );
    const made = answers.flatMap((one) =>
      one.status === 'fulfilled' && one.value.ok ? [one.value.request.id] : [],
    );
    if (made.length > 1 && asked.kind === 'refund') this.wrong.push('a double click asked twice');
    for (const id of made) this.follow(id);
    this.onDecided();
  }

  private somethingToAsk(): RemedyDraft {
    const { chance } = this.service;
    const { id: paymentId, customerId } = chance.pick(this.charges);
    const shared = { customerId, reason: 'It never worked.', evidence: [], flagId: null };
    if (chance.happens(0.3))
      return {
        ...{ ...shared, kind: 'credit_adjustment', cause: 'other', paymentId: null },
        ...{ generationId: null, credits: chance.whole(-300, 900) || 1 },
      };
    return {
      ...{ ...shared, kind: 'refund', paymentId, amount: chance.whole(1, MOST), currency: 'usd' },
      ...{ ground: chance.pick(GROUNDS), creditChoice: chance.pick(CHOICES) },
    };
  }

  private follow(id: string): void {
    this.requests.push(id);
    const { chance, people } = this.service;
    const later = (hours: number): Instant =>
      this.service.world.now() + chance.whole(1, hours * 60) * MINUTE;
    this.agenda.add(later(10), () => this.decide(id, chance.pick(people.lead)));
    for (const hours of [20, 40, 90])
      this.agenda.add(later(hours), () => this.decide(id, chance.pick(people.finance)));
    if (chance.happens(0.1)) this.agenda.add(later(30), () => this.change(id));
  }

  private async decide(requestId: string, app: StaffRemedyDeps): Promise<void> {
    const { chance, world } = this.service;
    const shown = await findRequest(world.store.read, requestId);
    if (shown?.state !== 'requested') return;
    failNow(this.service);
    const sheet = chance.happens(0.7) ? await loadRequest(app, requestId) : null;
    const no = chance.pick(['reject', 'send_back'] as const);
    const deciding: Deciding = {
      ...{ requestId, hash: shown.contentHash, reason: 'As it is.' },
      verdict: chance.happens(0.9) ? 'approve' : no,
      seen: sheet?.weighed?.seen ?? null,
    };
    const clicks = chance.happens(0.15) ? 3 : 1;
    await Promise.allSettled(Array.from({ length: clicks }, () => decideRequest(app, deciding)));
    this.onDecided();
  }

  /** Somebody takes it back or asks for another amount. */
  private async change(requestId: string): Promise<void> {
    const { chance, people, world } = this.service;
    const shown = await findRequest(world.store.read, requestId);
    const asker = people.agent.find(({ actor }) => actor.staffId === shown?.requestedBy);
    if (!shown || !asker) return;
    const { version, kind } = shown;
    if (chance.happens(0.5)) await withdrawRequest(asker, { requestId, reason: 'Not wanted.' });
    else if (kind === 'refund') {
      const change = { amount: chance.whole(1, MOST) };
      await editRequest(chance.pick(people.agent), { requestId, version, change });
    }
  }
}
