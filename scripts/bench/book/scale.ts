/** How large a book is; the figures are those that the goals were set for, or a tenth of them. */
export interface Scale {
  name: string;
  customers: number;
  entries: number;
  /** Entries of the largest customer. */
  largest: number;
  payments: number;
  generations: number;
}

export const FULL: Scale = {
  name: 'full',
  customers: 20_000,
  entries: 2_000_000,
  largest: 100_000,
  payments: 400_000,
  generations: 1_500_000,
};

/** `FULL` with everything, the largest customer included, divided by `by`. */
export const fraction = (by: number, name: string): Scale => ({
  name,
  customers: FULL.customers / by,
  entries: FULL.entries / by,
  largest: FULL.largest / by,
  payments: FULL.payments / by,
  generations: FULL.generations / by,
});

/** A book with `by` times as much of everything but its largest customer. */
export const times = (scale: Scale, by: number, name: string): Scale => ({
  name,
  customers: scale.customers * by,
  entries: scale.entries * by,
  largest: scale.largest,
  payments: scale.payments * by,
  generations: scale.generations * by,
});

const MEDIAN_ENTRIES = 31;

/**
 * Entries of each customer: the largest one, and the rest log-normal around the median, so wide that
 * they sum to what is left. In an order that has nothing to do with size.
 */
export function customerSizes(scale: Scale): number[] {
  const rest = scale.customers - 1;
  const wanted = scale.entries - scale.largest;
  let low = 0.1;
  let high = 3;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (sum(logNormal(rest, middle)) < wanted) low = middle;
    else high = middle;
  }
  const sizes = logNormal(rest, low);
  const last = sizes.length - 1;
  sizes[last] = (sizes[last] ?? 0) + wanted - sum(sizes);
  const shuffled: number[] = [];
  // 7919 is prime and divides no scale: each place is taken once.
  for (let i = 0; i < rest; i += 1) shuffled.push(sizes[(i * 7919) % rest] ?? 0);
  shuffled.splice(Math.floor(rest / 3), 0, scale.largest);
  return shuffled;
}

const logNormal = (count: number, sigma: number): number[] =>
  Array.from({ length: count }, (_, i) =>
    Math.max(1, Math.round(MEDIAN_ENTRIES * Math.exp(sigma * normalQuantile((i + 0.5) / count)))),
  );

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Inverse of the normal distribution, by bisection on the logistic approximation of Bowling et al. */
function normalQuantile(p: number): number {
  let low = -6;
  let high = 6;
  for (let step = 0; step < 50; step += 1) {
    const z = (low + high) / 2;
    const below = 1 / (1 + Math.exp(-(0.07056 * z ** 3 + 1.5976 * z)));
    if (below < p) low = z;
    else high = z;
  }
  return low;
}

/** Deals a total out in proportion to `sizes`, to the last one: carries what rounding leaves. */
export function dealOut(total: number, sizes: number[]): number[] {
  const all = sum(sizes);
  let seen = 0;
  let dealt = 0;
  return sizes.map((size) => {
    seen += size;
    const due = Math.round((total * seen) / all) - dealt;
    dealt += due;
    return due;
  });
}
