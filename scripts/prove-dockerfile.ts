/**
 * Runs the steps of the Dockerfile one by one in empty folders, where there is no container engine: a folder a
 * stage, filled from what is committed, `npm ci` and all; the last stage's program is started as a user of
 * no rights, asked for its health, given each production command, and told to end. The base images are this
 * machine's own Node and system: that is what it does not prove. `--node 22` does it by another version of Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '#scripts/installed.mjs';
import { runByNode } from '#scripts/prove-dockerfile/other-node.ts';
import { parseDockerfile, type Step } from '#scripts/prove-dockerfile/parse-dockerfile.ts';

/** Nobody, on every system that containers run on. */
const NOBODY = 65_534;
const COMMANDS = [
  ...['import', 'sweep', 'staff', 'backup', 'restore'],
  ...['verify-audit', 'audit-retention'],
];
const SETTINGS = {
  STRIPE_SECRET_KEY: 'rk_test_1',
  SESSION_SECRET: 'k3Jx9Qm2Vb7Tn5Rw8Zy4Hc6Lp1Sd0FgA',
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const asRoot = process.getuid?.() === 0;
const { node } = parseArgs({ options: { node: { type: 'string' } } }).values;
if (node !== undefined) process.exit(runByNode(node, fileURLToPath(import.meta.url)));
const work = mkdtempSync(join(tmpdir(), 'redress-dockerfile-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const fail = (what: string): never => {
  process.stderr.write(`The Dockerfile does not hold: ${what}\n`);
  return process.exit(1);
};

const shell = (command: string, cwd: string, env: Record<string, string>): void => {
  const { status } = spawnSync('sh', ['-c', command], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) fail(`RUN ${command} ended with ${status}`);
};

/** What is committed, as an engine would be sent it. */
const contextFolder = (): string => {
  const context = join(work, 'context');
  mkdirSync(context);
  shell(`git archive HEAD | tar -x -C ${context}`, root, {});
  return context;
};

interface Stage {
  folder: string;
  /** Its place of work, as the Dockerfile names it. */
  place: string;
  env: Record<string, string>;
  steps: Map<string, Step>;
}

const inStage = ({ folder, place }: Stage, path: string): string =>
  join(folder, path.startsWith('/') ? path : join(place, path));

const copy = (step: Step, stage: Stage, stages: Map<string, Stage>, context: string): void => {
  const words = step.rest.split(/\s+/);
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
  const target = words.pop() ?? '.';
  const source = from === undefined ? null : (stages.get(from) ?? fail(`no stage ${from}`));
  for (const path of words) {
    const origin = source === null ? join(context, path) : inStage(source, path);
    if (!existsSync(origin)) fail(`COPY ${path}: it is not there`);
    const into = inStage(stage, target);
    cpSync(origin, target.endsWith('/') ? join(into, path) : into, { recursive: true });
  }
};

const build = (steps: readonly Step[], context: string): Stage => {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  const stages = new Map<string, Stage>();
  let stage: Stage | null = null;
  for (const step of steps) {
    if (step.word === 'FROM') {
      const name = / AS (\S+)$/i.exec(step.rest)?.[1] ?? String(stages.size);
      const folder = join(work, name);
      mkdirSync(folder);
      stage = { folder, place: '/', env: {}, steps: new Map() };
      stages.set(name, stage);
    }
    if (stage === null) return fail(`${step.word} stands before FROM`);
    stage.steps.set(step.word, step);
    if (step.word === 'WORKDIR') {
      stage.place = step.rest;
      mkdirSync(inStage(stage, '.'), { recursive: true });
    }
    if (step.word === 'ENV') {
      const [name = '', value = ''] = step.rest.split('=');
      stage.env[name] = value;
    }
    if (step.word === 'COPY') {
      if (!step.rest.startsWith('--from='))
        for (const path of step.rest.split(/\s+/).slice(0, -1))
          if (!ignored.includes(`!${path}`)) fail(`.dockerignore keeps ${path} from being sent`);
      copy(step, stage, stages, context);
    }
    if (step.word === 'RUN') {
      const began = performance.now();
      const command = step.rest.replaceAll('node:node', `${asRoot ? NOBODY : '$(id -u)'}`);
      shell(command, inStage(stage, '.'), stage.env);
      say(`ok   RUN ${step.rest} (${Math.round((performance.now() - began) / 1000)} s)`);
    }
  }
  return stage ?? fail('it has no stage');
};

const freePort = async (): Promise<string> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  // A server that listens on a port has an address of this kind.
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return String(port);
};

const wordsOf = (stage: Stage, name: string): string[] => {
  const list = /\[.*\]$/.exec(stage.steps.get(name)?.rest ?? '')?.[0];
  // The exec form is JSON: the shell form would put a shell between the engine and the program.
  return list === undefined ? fail(`${name} is not in exec form`) : (JSON.parse(list) as string[]);
};

const run = async (stage: Stage): Promise<void> => {
  if ((stage.steps.get('USER')?.rest ?? 'root') === 'root') fail('it runs as root');
  const cwd = inStage(stage, '.');
  const env = {
    PATH: process.env['PATH'],
    HOME: '/tmp',
    ...SETTINGS,
    ...stage.env,
    PORT: await freePort(),
  };
  const who = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const options = { cwd, env: { NODE_ENV: 'production', ...env }, ...who } as const;
  spawnSync('chmod', ['755', work]);
  const [program = '', ...args] = wordsOf(stage, 'CMD');
  const [asker = '', ...question] = wordsOf(stage, 'HEALTHCHECK');
  const server = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  const began = performance.now();
  while (spawnSync(asker, question, { ...options, stdio: 'ignore' }).status !== 0) {
    if (server.exitCode !== null || performance.now() - began > 60_000) fail('it is not healthy');
    await wait(200);
  }
  say(
    `ok   healthy after ${((performance.now() - began) / 1000).toFixed(1)} s, as user ${who.uid ?? 'of this shell'}`,
  );
  for (const name of COMMANDS) {
    const { status, stdout } = spawnSync('npm', ['run', '--silent', name, '--', '--help'], options);
    if (status !== 0 || stdout.length === 0) fail(`npm run ${name} -- --help ended with ${status}`);
  }
  say(`ok   ${COMMANDS.join(', ')}`);
  const told = performance.now();
  server.kill('SIGTERM');
  const code = await ended;
  if (code !== 0) fail(`told to end, it ended with ${code}`);
  say(`ok   ended ${((performance.now() - told) / 1000).toFixed(1)} s after it was told to`);
};

const weigh = (stage: Stage): void => {
  const packages = inStage(stage, 'node_modules');
  const kept = JSON.parse(readFileSync(join(packages, '.package-lock.json'), 'utf8')) as {
    packages: object;
  };
  const sizeOf = (path: string): string =>
    spawnSync('du', ['-sm', path], { encoding: 'utf8' }).stdout.split('\t')[0] ?? '?';
  const count = Object.keys(kept.packages).length;
  say(
    `     ${count} packages, ${sizeOf(packages)} MB; with build and sources ${sizeOf(dirname(packages))} MB`,
  );
  for (const name of ['vite', '@remix-run/dev', 'vitest', 'smtp-server'])
    if (existsSync(join(packages, name))) fail(`the development package ${name} is there`);
};

say(`Node ${process.version}`);
const last = build(
  parseDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8')),
  contextFolder(),
);
weigh(last);
await run(last);
say('The Dockerfile holds.');
process.exit(0);
