import { Worker } from 'node:worker_threads';
import type { ParsedBlock, Parser } from '#app/services/import/parse-block.ts';

interface Waiting {
  resolve: (block: ParsedBlock) => void;
  reject: (error: Error) => void;
}

/** A thread does not take over what lets the main one read TypeScript. */
const START = `
  const { workerData } = require('node:worker_threads');
  import(workerData.tsx).then(({ register }) => {
    register();
    return import(workerData.module);
  });
`;

/** Checks lines in another thread, so that writing and checking go on side by side. */
export const parseInWorker = (firstLine: number): Parser => {
  const worker = new Worker(START, {
    eval: true,
    // A block is garbage once it is sent: it fits the nursery, and memory stays low.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
    workerData: {
      firstLine,
      module: new URL('./parse-worker.ts', import.meta.url).href,
      tsx: import.meta.resolve('tsx/esm/api'),
    },
  });
  const waiting: Waiting[] = [];
  let failure: Error | undefined;
  worker.on('message', (block: ParsedBlock) => waiting.shift()?.resolve(block));
  worker.on('error', (error: Error) => {
    failure = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  return {
    parse: (bytes) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        waiting.push({ resolve, reject });
        worker.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
      }),
    close: async () => void (await worker.terminate()),
  };
};
