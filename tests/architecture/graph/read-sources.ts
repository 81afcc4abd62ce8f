import { readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../../', import.meta.url);
/** What stands in for the outside, fills demos and measures: no part of a running console. */
const BESIDE = /^scripts\/(sandbox|bench|demo-book|trust)[/.]/;

/** The sources of the program and its commands: path → text. */
export const readSources = (): Map<string, string> => {
  const paths = ['app', 'db', 'scripts'].flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => `${folder}/${name}`),
  );
  return new Map(
    paths
      .filter((path) => !BESIDE.test(path))
      .toSorted()
      .map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')]),
  );
};
