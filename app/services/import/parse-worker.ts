import { parentPort, workerData } from 'node:worker_threads';
import { parseHere } from '#app/services/import/parse-block.ts';

/* Runs in a thread of its own: checking a line takes as long as writing it. */
const { firstLine } = workerData as { firstLine: number };
const parser = parseHere(firstLine);

parentPort?.on('message', (bytes: Uint8Array) => {
  void parser.parse(bytes).then((block) => parentPort?.postMessage(block));
});
