/** What a test of the battery came to. */
export interface Figure {
  name: string;
  runs: number;
  faults: number;
  /** In words; none is what is wanted. */
  violations: string[];
  seed: number | null;
  /** Further figures in words. */
  note?: string;
}

export const figureLine = ({ name, runs, faults, violations, seed, note }: Figure): string =>
  `${name}: runs=${runs} faults=${faults} violations=${violations.length} seed=${seed ?? '-'}` +
  (note === undefined ? '' : ` (${note})`);
