/*
 * Whether a letter says only what is so, judged by its sentences alone and by what stands at Stripe, at
 * the product and in the book at the moment at which it arrives. It shares nothing with the code that
 * writes letters: it counts business days by itself, and a sentence that it does not know is a violation.
 */

export interface Truth {
  now: number;
  /** At Stripe. */
  status: string;
  pendingReason: string | null;
  failureReason: string | null;
  madeAt: number;
  chargedAt: number;
  amount: string;
  last4: string;
  /** The one address of the customer's record; null: it names none that can be written to. */
  address: string | null;
  /** Credits that the product has taken for the refund, 0 or more. */
  taken: number;
  /** Credits that the product has returned since. */
  returned: number;
  /** Subjects of the letters that have reached this customer before. */
  before: string[];
}

export interface Arrived {
  to: string[];
  subject: string;
  text: string;
}

const DAY = 24 * 60 * 60 * 1_000;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
  ...['September', 'October', 'November', 'December'],
];

/** `Monday 4 May 2026`. */
export const dayText = (at: number): string => {
  const date = new Date(at);
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};

export const workdaysOn = (at: number, many: number): number => {
  let day = at;
  for (let left = many; left > 0;) {
    day += DAY;
    if (![0, 6].includes(new Date(day).getUTCDay())) left -= 1;
  }
  return day;
};

const dayOf = (at: number): number => Math.floor(at / DAY);
const isDone = ({ status }: Truth): boolean => status === 'succeeded';
const isBack = ({ status }: Truth): boolean => status === 'failed' || status === 'canceled';
const wasTold = ({ before }: Truth): boolean =>
  before.some((subject) => subject.startsWith('Your refund'));
const latest = ({ madeAt }: Truth): number => workdaysOn(madeAt, 10);
const earliest = ({ madeAt }: Truth): number => workdaysOn(madeAt, 5);

type Check = (truth: Truth, found: string[]) => boolean;
const DATE = String.raw`(\w+day \d+ \w+ \d{4})`;
const always: Check = () => true;

const ofPayment: Check = (truth, [amount, charged, last4]) =>
  amount === truth.amount && charged === dayText(truth.chargedAt) && last4 === truth.last4;
const PAYMENT = String.raw`(\S+) for your payment of ${DATE}`;
const CARD = String.raw`the card ending in (\d{4})`;

/** Every sentence that may stand in a letter, and when it is true. */
const SENTENCES: readonly [RegExp, Check][] = [
  [/^Hello .*,$/, always],
  [
    new RegExp(`^A refund of ${PAYMENT} is on its way to ${CARD}\\.$`),
    (truth, found) =>
      isDone(truth) && dayOf(truth.now) <= dayOf(latest(truth)) && ofPayment(truth, found),
  ],
  [
    new RegExp(
      `^Banks usually take 5 to 10 business days: expect it between ${DATE} and ${DATE}\\.$`,
    ),
    (truth, [from, to]) =>
      isDone(truth) &&
      from === dayText(earliest(truth)) &&
      to === dayText(latest(truth)) &&
      dayOf(truth.now) <= dayOf(earliest(truth)),
  ],
  [
    new RegExp(
      `^Banks usually take 5 to 10 business days from ${DATE}, when it was made: expect it by ${DATE}\\.$`,
    ),
    (truth, [made, to]) =>
      isDone(truth) &&
      made === dayText(truth.madeAt) &&
      to === dayText(latest(truth)) &&
      dayOf(truth.now) <= dayOf(latest(truth)),
  ],
  [
    /^If your payment was recent, the charge may disappear from your statement instead of a refund appearing on it\.$/,
    isDone,
  ],
  [/^We will write again only if the bank sends it back\.$/, isDone],
  [
    new RegExp(`^We refunded ${PAYMENT} to ${CARD} on ${DATE}\\.$`),
    (truth, found) =>
      isDone(truth) && ofPayment(truth, found) && found[3] === dayText(truth.madeAt),
  ],
  [
    /^Banks usually take 5 to 10 business days, so it should be on your statement by now\.$/,
    (truth) => isDone(truth) && truth.now > latest(truth),
  ],
  [/^If it is not, please reply to this mail\.$/, isDone],
  [
    new RegExp(`^We have asked our payment provider to refund ${PAYMENT} to ${CARD}\\.$`),
    (truth, found) => truth.status === 'pending' && ofPayment(truth, found),
  ],
  [
    /^The provider has accepted this and is processing it\.$/,
    (truth) => truth.status === 'pending' && [null, 'processing'].includes(truth.pendingReason),
  ],
  [
    /^The provider has accepted this and will carry it out once your payment itself has been completed\.$/,
    (truth) => truth.status === 'pending' && truth.pendingReason === 'charge_pending',
  ],
  [/^We will write again when the refund is on its way\.$/, (truth) => truth.status === 'pending'],
  [
    /^With it, ([\d,]+) credits were taken back from your balance\.$/,
    (truth, [credits]) => Number(credits?.replaceAll(',', '')) === truth.taken && !isBack(truth),
  ],
  [
    new RegExp(
      `^The refund of (\\S+) that we made on ${DATE} to ${CARD} did not go through: you have not received it\\.$`,
    ),
    (truth, [amount, made, last4]) =>
      truth.status === 'failed' &&
      wasTold(truth) &&
      amount === truth.amount &&
      made === dayText(truth.madeAt) &&
      last4 === truth.last4,
  ],
  [
    new RegExp(
      `^The refund of (\\S+) that we made on ${DATE} to ${CARD} was canceled: you have not received it\\.$`,
    ),
    (truth, [amount, made, last4]) =>
      truth.status === 'canceled' &&
      wasTold(truth) &&
      amount === truth.amount &&
      made === dayText(truth.madeAt) &&
      last4 === truth.last4,
  ],
  [
    /^This happens when a card or account has been closed or replaced\.$/,
    ({ failureReason }) =>
      failureReason === 'lost_or_stolen_card' || failureReason === 'expired_or_canceled_card',
  ],
  [/^Please reply to this mail so that we can find another way together\.$/, isBack],
  [
    /^We have added ([\d,]+) credits to your balance\.$/,
    (truth, [credits]) => Number(credits?.replaceAll(',', '')) === truth.returned,
  ],
  [
    new RegExp(`^On ${DATE} we added ([\\d,]+) credits to your balance\\.$`),
    (truth, [, credits]) => Number(credits?.replaceAll(',', '')) === truth.returned,
  ],
  [
    /^They had been taken back for a refund that has since failed\.$/,
    (truth) => isBack(truth) && truth.taken > 0 && wasTold(truth),
  ],
  [/^There is nothing that you need to do\.$/, always],
];

const SUBJECTS: readonly [RegExp, Check][] = [
  [
    /^Your refund of (\S+) is on its way$/,
    (truth, [amount]) =>
      isDone(truth) && amount === truth.amount && truth.now <= latest(truth) + DAY,
  ],
  [
    new RegExp(`^Your refund of (\\S+) was made on ${DATE}$`),
    (truth, [amount, made]) =>
      isDone(truth) && amount === truth.amount && made === dayText(truth.madeAt),
  ],
  [
    /^Your refund of (\S+) is being processed$/,
    (truth, [amount]) =>
      truth.status === 'pending' &&
      [null, 'processing'].includes(truth.pendingReason) &&
      amount === truth.amount,
  ],
  [
    /^Your refund of (\S+) waits for your payment to be completed$/,
    (truth, [amount]) => truth.pendingReason === 'charge_pending' && amount === truth.amount,
  ],
  [
    /^Your refund of (\S+) did not go through$/,
    (truth, [amount]) => truth.status === 'failed' && wasTold(truth) && amount === truth.amount,
  ],
  [
    /^Your refund of (\S+) was canceled$/,
    (truth, [amount]) => truth.status === 'canceled' && wasTold(truth) && amount === truth.amount,
  ],
  [
    /^([\d,]+) credits added to your balance$/,
    (truth, [credits]) => Number(credits?.replaceAll(',', '')) === truth.returned,
  ],
];

const judge = (text: string, table: readonly [RegExp, Check][], truth: Truth): string | null => {
  for (const [pattern, holds] of table) {
    const found = pattern.exec(text);
    if (found) return holds(truth, found.slice(1)) ? null : `untrue: “${text}”`;
  }
  return `says what nobody knows: “${text}”`;
};

/** What is untrue, missing or wrongly addressed about a letter; nothing is what is wanted. */
export const judgeLetter = ({ to, subject, text }: Arrived, truth: Truth): string[] => {
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).filter((part) => part.trim() !== '');
  const wrong = [
    judge(subject, SUBJECTS, truth),
    ...sentences.map((part) => judge(part.trim(), SENTENCES, truth)),
  ].flatMap((one) => one ?? []);
  if (to.length !== 1 || to[0] !== truth.address) wrong.push(`went to ${to.join()}`);
  const isRefund = subject.startsWith('Your refund') && !isBack(truth);
  if (isRefund && truth.taken > 0 && !/taken back/.test(text))
    wrong.push(`says nothing of ${truth.taken} credits taken back`);
  return wrong;
};
