/*
 * Addresses of the network, and who is asking when there are proxies in between. Each proxy adds the address
 * it was called from at the right of X-Forwarded-For; everything further left is what strangers say of
 * themselves. So the client is the first address, from the right, that is no trusted proxy's.
 */

/** An address as numbers: 4 of 8 bits, or 8 of 16. */
type Parts = readonly number[];

const MAPPED = [0, 0, 0, 0, 0, 0xffff];

const readV4 = (text: string): Parts | null => {
  const parts = text.split('.');
  const fits = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part));
  const numbers = parts.map(Number);
  return fits && numbers.every((part) => part <= 255) ? numbers : null;
};

/** `1.2.3.4` at the end as its two groups. */
const withoutDots = (text: string): string | null => {
  const at = text.lastIndexOf(':');
  if (!text.includes('.')) return text;
  const v4 = readV4(text.slice(at + 1));
  if (at < 0 || v4 === null) return null;
  const [a = 0, b = 0, c = 0, d = 0] = v4;
  return `${text.slice(0, at + 1)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
};

const readV6 = (given: string): Parts | null => {
  const text = withoutDots(given);
  const halves = text?.split('::');
  if (text === null || halves === undefined || halves.length > 2) return null;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
};

/** An address, as a v4 one where it is one in v6's clothes; null: it is none. */
const readParts = (text: string): Parts | null => {
  const v4 = readV4(text);
  if (v4 !== null) return v4;
  // The interface of a link-local address says nothing of who it is.
  const v6 = readV6(text.replace(/%[\w.-]{1,32}$/, ''));
  if (v6 === null || !MAPPED.every((part, i) => v6[i] === part)) return v6;
  const [high = 0, low = 0] = v6.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255];
};

const writeParts = (parts: Parts): string =>
  parts.length === 4 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':');

/** One entry of the header: an address, in brackets, with a port, or neither. */
const withoutPort = (entry: string): string => {
  const text = entry.trim().replace(/^"(.*)"$/, '$1');
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1];
  if (bracketed !== undefined) return bracketed;
  return /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(text)?.[1] ?? text;
};

/**
 * The one way to write an address; null: this is none.
 * @internal
 */
export const readAddress = (entry: string): string | null => {
  const parts = readParts(withoutPort(entry));
  return parts && writeParts(parts);
};

/** Whom strangers' tries are counted for: in v6 everybody owns a whole /64. */
export const addressGroup = (address: string): string => {
  const parts = readParts(address);
  if (parts === null) return address;
  return parts.length === 4 ? writeParts(parts) : `${writeParts(parts.slice(0, 4))}::/64`;
};

/** Which addresses in front of the console are ours: so many of them, or those of these networks. */
export type TrustedProxies =
  | { kind: 'none' }
  | { kind: 'hops'; count: number }
  | { kind: 'networks'; networks: readonly { parts: Parts; bits: number }[] };

const MOST_HOPS = 16;

const readNetwork = (text: string): { parts: Parts; bits: number } | null => {
  const [address = '', length, ...more] = text.split('/');
  const parts = readParts(address);
  if (parts === null || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length)))
    return null;
  const most = parts.length === 4 ? 32 : 128;
  // A network written in v6 that holds v4 addresses counts from their own beginning.
  const inV6 = parts.length === 4 && address.includes(':');
  const bits = length === undefined ? most : Number(length) - (inV6 ? 96 : 0);
  return bits >= 1 && bits <= most ? { parts, bits } : null;
};

/** `2`, or `10.0.0.0/8, ::1`; null: neither. */
export const readTrustedProxies = (text: string): TrustedProxies | null => {
  if (/^\d{1,2}$/.test(text.trim())) {
    const count = Number(text);
    return count >= 1 && count <= MOST_HOPS ? { kind: 'hops', count } : null;
  }
  const networks = text.split(',').map((each) => readNetwork(each.trim()));
  return networks.every((network) => network !== null) ? { kind: 'networks', networks } : null;
};

const isWithin = (address: Parts, { parts, bits }: { parts: Parts; bits: number }): boolean => {
  if (address.length !== parts.length) return false;
  const width = parts.length === 4 ? 8 : 16;
  return parts.every((part, i) => {
    const counted = Math.min(width, Math.max(0, bits - i * width));
    const rest = width - counted;
    return part >> rest === (address[i] ?? 0) >> rest;
  });
};

/** Whether the address so many hops away is one of our own proxies. */
const isTrusted = (address: string, hop: number, trusted: TrustedProxies): boolean => {
  if (trusted.kind === 'hops') return hop < trusted.count;
  if (trusted.kind === 'none') return false;
  const parts = readParts(address);
  return parts !== null && trusted.networks.some((network) => isWithin(parts, network));
};

/**
 * Who is asking. `peer`: whom the connection comes from. What a trusted proxy has written that is no address
 * ends the search at that proxy: nothing behind it can be known.
 */
export const clientAddress = (
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: TrustedProxies,
): string => {
  let client = (peer === undefined ? null : readAddress(peer)) ?? 'unknown';
  const hops = (forwardedFor ?? '').split(',').toReversed();
  for (const [hop, entry] of hops.entries()) {
    if (!isTrusted(client, hop, trusted)) return client;
    const next = readAddress(entry);
    if (next === null) return client;
    client = next;
  }
  return client;
};
