import http from 'node:http';
import { percentile } from '#scripts/bench/measure/median.ts';

/** One answer, read to its end. */
export interface ProbeAnswer {
  status: number;
  bytes: number;
  body: string;
  headers: http.IncomingHttpHeaders;
}

export interface ProbeRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/** Keeps one connection per place in `sockets`, as a browser or a proxy would. */
export const keepAlive = (sockets: number): http.Agent =>
  new http.Agent({ keepAlive: true, maxSockets: sockets });

export const ask = (agent: http.Agent, request: ProbeRequest): Promise<ProbeAnswer> =>
  new Promise((done, fail) => {
    const { url, method = 'GET', headers = {}, body } = request;
    const sent = http.request(url, { agent, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', fail);
      answer.on('end', () => {
        const whole = Buffer.concat(chunks);
        done({
          status: answer.statusCode ?? 0,
          bytes: whole.length,
          body: whole.toString('utf8'),
          headers: answer.headers,
        });
      });
    });
    sent.on('error', fail);
    sent.end(body);
  });

/** Milliseconds of each request, one at a time; throws at the first answer that is not 200. */
export async function timeEach(requests: ProbeRequest[]): Promise<number[]> {
  const agent = keepAlive(1);
  const times: number[] = [];
  for (const request of requests) {
    const started = performance.now();
    const answer = await ask(agent, request);
    times.push(performance.now() - started);
    if (answer.status !== 200) {
      throw new Error(`${request.url} answered ${answer.status}: ${answer.body.slice(0, 300)}`);
    }
  }
  agent.destroy();
  return times;
}

/** The p50 of requests one at a time, after the same requests have warmed the server. */
export async function warmP50(requests: ProbeRequest[]): Promise<number> {
  await timeEach(requests);
  return percentile(await timeEach(requests), 0.5);
}

/** Requests a second with `width` of them under way at any time, for `seconds`. */
export async function throughput(
  next: () => ProbeRequest,
  width: number,
  seconds: number,
): Promise<number> {
  const agent = keepAlive(width);
  const until = performance.now() + seconds * 1000;
  let answered = 0;
  const work = async () => {
    while (performance.now() < until) {
      const answer = await ask(agent, next());
      if (answer.status !== 200) throw new Error(`answered ${answer.status} under load`);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  agent.destroy();
  return answered / seconds;
}
