import type { Request as Req, Response as Res } from 'express';

/** The web's `Request` for one of Express; `url` absolute; aborted when the other side goes away. */
export const toWebRequest = (req: Req, res: Res, url: URL, body: Uint8Array | null): Request => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) headers.append(name, one);
  // Behind a proxy the name in the request is another than people's: the router compares it with Origin.
  headers.set('Host', url.host);
  const gone = new AbortController();
  res.on('close', () => {
    if (!res.writableFinished) gone.abort();
  });
  return new Request(url, {
    method: req.method,
    headers,
    signal: gone.signal,
    // A view over plain memory; the DOM's types also think of shared memory.
    body: body as Uint8Array<ArrayBuffer> | null,
  });
};

const sendStream = async (res: Res, body: ReadableStream<Uint8Array>): Promise<void> => {
  res.flushHeaders();
  const reader = body.getReader();
  res.on('close', () => void reader.cancel().catch(() => undefined));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    res.write(value);
  }
  res.end();
};

/** Sends the web's `Response`, with `page` as its body if there is one: in one piece, but event streams as they come. */
export const sendWebResponse = async (
  req: Req,
  res: Res,
  response: Response,
  page: string | null = null,
): Promise<void> => {
  res.status(response.status);
  for (const [name, value] of response.headers)
    if (name === 'set-cookie') res.append(name, value);
    else res.setHeader(name, value);
  if (page !== null && req.method !== 'HEAD') {
    res.setHeader('Content-Length', Buffer.byteLength(page));
    res.end(page);
    return;
  }
  if (response.body === null || req.method === 'HEAD') {
    await response.body?.cancel();
    res.end();
    return;
  }
  if (response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
    await sendStream(res, response.body);
    return;
  }
  const body = Buffer.from(await response.arrayBuffer());
  res.setHeader('Content-Length', body.length);
  res.end(body);
};
