import { judgeStart } from '#app/domain/deployment.ts';
import type { StartSettings, StartVerdict } from '#app/domain/deployment.ts';
import type { Deps } from '#app/services/deps.ts';
import {
  completeDeployment,
  findDeployment,
  insertDeployment,
  pastOf,
} from '#db/queries/deployment/deployment.ts';
import type { Read } from '#db/store.ts';

type Started = Extract<StartVerdict, { kind: 'starts' }>;

const judged = async (read: Read, settings: StartSettings): Promise<Started> => {
  const verdict = judgeStart(settings, {
    bound: await findDeployment(read),
    ...(await pastOf(read)),
  });
  if (verdict.kind === 'refused') throw new Error(verdict.says);
  return verdict;
};

/**
 * Binds a database with its first start: to real payments or to none of them, and to the demo or to
 * somebody's own records. Throws ever after where a start does not fit, before anything is written or
 * sent. Answers whether this start is the demo.
 */
export async function assertLivemode(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  settings: StartSettings,
): Promise<{ demo: boolean }> {
  const known = await findDeployment(store.read);
  if (known === null || known.demo === null)
    await store.write(async (tx) => {
      const { live, isDemos: demo } = await judged(tx, settings);
      if (known === null) await insertDeployment(tx, { live, demo, since: now() });
      await completeDeployment(tx, { demo });
    });
  return { demo: (await judged(store.read, settings)).runsDemo };
}
