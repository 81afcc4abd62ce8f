import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dialectOf } from '#db/dialect/dialect.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { figureOfChild } from '#tests/reliability/scenarios/figure-of-child.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { mutationsOn } from '#tests/reliability/scenarios/mutations.ts';
import type { Mutation } from '#tests/reliability/scenarios/mutations.ts';
import { siblingDatabase } from '#tests/reliability/scenarios/sibling-database.ts';
import type { WitnessOrders } from '#tests/reliability/scenarios/witness-child.ts';

const root = resolve(import.meta.dirname, '../../..');
const COPIED = ['app', 'db', 'scripts', 'tests', 'package.json', 'tsconfig.json'];

/** Where the bug would go, exactly once in each file. Throws where the place has moved. */
export const placesOf = (folder: string, { bug, edits }: Pick<Mutation, 'bug' | 'edits'>) =>
  edits.map(({ file, find, put }) => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const places = text.split(find).length - 1;
    if (places !== 1) throw new Error(`${bug}: ${places} places in ${file} for ${find}`);
    return { path, find, put };
  });

/** Plants a bug; answers how it is taken out again. */
const plant = (folder: string, mutation: Mutation): (() => void) => {
  const undo: (() => void)[] = [];
  for (const { path, find, put } of placesOf(folder, mutation)) {
    const text = readFileSync(path, 'utf8');
    undo.push(() => writeFileSync(path, text));
    writeFileSync(
      path,
      text.replace(find, () => put),
    );
  }
  return () => {
    for (const step of undo.toReversed()) step();
  };
};

/** A copy of the sources, in which bugs can be planted without any danger to these. */
const copySources = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-mutants-'));
  for (const part of COPIED) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/**
 * M15: each planted bug must be reported by its battery, and without it the battery must be content. A
 * battery that breaks down instead of reporting something has not found the bug.
 */
export const mutationCheck = async (
  { databaseUrl }: Pick<MoneyWorld, 'databaseUrl'>,
  { every }: { every: number },
): Promise<Figure> => {
  const mutations = mutationsOn(dialectOf(databaseUrl)).filter((_, at) => at % every === 0);
  const folder = copySources();
  const violations: string[] = [];
  let caught = 0;
  const testify = async (witness: Mutation['witness'], name: string): Promise<Figure> => {
    const orders: WitnessOrders = {
      witness,
      databaseUrl: await siblingDatabase(databaseUrl, name),
    };
    return figureOfChild('witness-child', orders, join(folder, 'tests/reliability/scenarios'));
  };
  try {
    const witnesses = new Set(mutations.map(({ witness }) => witness));
    for (const witness of witnesses) {
      const sound = await testify(witness, `sound-${witness}`);
      violations.push(...sound.violations.map((what) => `without a bug, ${witness}: ${what}`));
    }
    for (const [at, mutation] of mutations.entries()) {
      const takeOut = plant(folder, mutation);
      const found = await testify(mutation.witness, `bug-${at}`).catch(() => null);
      takeOut();
      if (found === null) violations.push(`${mutation.bug}: ${mutation.witness} broke down`);
      else if (found.violations.length === 0) violations.push(`${mutation.bug}: not found`);
      else caught += 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const note = `${caught} of ${mutations.length} planted bugs caught`;
  const runs = mutations.length;
  return { name: 'M15 mutation check', runs, faults: runs, violations, seed: null, note };
};
