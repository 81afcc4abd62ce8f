import { listDoors } from '#tests/architecture/graph/back-doors.ts';
import { readSources } from '#tests/architecture/graph/read-sources.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';

/** A8: every function that comes at a power to move value stands behind a gate. */
export const backDoors = (): Figure => {
  const { doors, back } = listDoors(readSources());
  const note = `${doors.length} of ${doors.length + back.length} doors behind a gate`;
  return {
    ...{ name: 'A8 back doors', runs: doors.length + back.length, faults: 0 },
    ...{ violations: back, seed: null, note },
  };
};
