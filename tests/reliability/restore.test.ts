import { test } from 'vitest';
import { holds, patientWorldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import { AGES, restoreOfAge } from '#tests/reliability/scenarios/restores.ts';

test.each(AGES)(
  'a backup %s old is restored, and nothing is sent, booked or mailed twice',
  async (name, age) => holds(await restoreOfAge(await patientWorldOfTest(), [name, age])),
);
