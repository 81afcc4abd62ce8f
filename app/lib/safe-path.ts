// Anything a browser may strip or fold into a slash before it resolves an address.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const SUSPECT = /[\\\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff]|%(?:0[0-9a-f]|1[0-9a-f]|5c|7f)/i;
const HERE = 'http://here.invalid';

/**
 * `target` if it is a path of this console, else `/`. For every redirect and link that comes from
 * outside: the router itself still turns `/\evil.test` into another host.
 */
export const safePath = (target: unknown): string => {
  if (typeof target !== 'string' || target.length > 2_000) return '/';
  if (!target.startsWith('/') || target.startsWith('//') || SUSPECT.test(target)) return '/';
  if (!URL.canParse(target, HERE)) return '/';
  const url = new URL(target, HERE);
  // `/a/..//evil.test` only becomes `//evil.test` once it is resolved.
  if (url.origin !== HERE || url.pathname.startsWith('//')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
};
