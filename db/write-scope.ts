import { AsyncLocalStorage } from 'node:async_hooks';

/*
 * Whether the code that is running stands inside the body of a write. Kept on globalThis, so that it is
 * one and the same even where a bundler or a test runner loads this module twice.
 */
const KEY = Symbol.for('redress.write-scope');
const shared = globalThis as { [KEY]?: AsyncLocalStorage<true> };
const scope = (shared[KEY] ??= new AsyncLocalStorage<true>());

/**
 * Throws inside a write. Everything that waits for something else than the database calls it first: a
 * write that waits for the network holds up every other write, and may be run again.
 */
export const assertNotWriting = (what = 'this'): void => {
  if (scope.getStore()) throw new Error(`${what} must not run inside a write`);
};

export const runAsWrite = <T>(body: () => Promise<T>): Promise<T> => scope.run(true, body);
