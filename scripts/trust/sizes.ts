import type { Consoles } from '#tests/reliability/scenarios/two-consoles.ts';

/** How much of each battery is run. */
export interface Size {
  /** Kills at every point, or at every second, third … one. */
  killEvery: number;
  keys: number;
  overRounds: number;
  charges: number;
  races: number;
  askRounds: number;
  approveRounds: number;
  sequences: number;
  /** Sequences of all remedies of one record. */
  remedies: number;
  /** Of the model-based test. */
  models: number;
  /** Seeds of the simulation. */
  months: number;
  consoles: Omit<Consoles, 'seed'>;
  /** Plants every bug, or every second, third … one. */
  mutateEvery: number;
  auditRows: number;
  /** Every letter with every address and every fate of the credits. */
  wholeLetters: boolean;
}

export const SIZES = {
  ci: {
    ...{ killEvery: 1, keys: 10_000, overRounds: 100, charges: 1_000, races: 1_000 },
    ...{ askRounds: 100, approveRounds: 20, sequences: 5_000, remedies: 5_000 },
    ...{ models: 3_000, months: 200, mutateEvery: 1, auditRows: 1_000_000, wholeLetters: true },
    consoles: { refunds: 500, seconds: 60, killEveryMs: 2_000, speed: 1 },
  },
  small: {
    ...{ killEvery: 6, keys: 1_000, overRounds: 5, charges: 60, races: 60 },
    ...{ askRounds: 3, approveRounds: 2, sequences: 10, remedies: 60 },
    ...{ models: 100, months: 4, mutateEvery: 4, auditRows: 20_000, wholeLetters: false },
    consoles: { refunds: 40, seconds: 10, killEveryMs: 2_000, speed: 10 },
  },
} as const satisfies Record<string, Size>;
export type SizeName = keyof typeof SIZES;
