import { describe, expect, it } from 'vitest';
import {
  addressGroup,
  clientAddress,
  readAddress,
  readTrustedProxies,
} from '#app/lib/network-address.ts';

const trust = (text: string) => {
  const trusted = text === '' ? { kind: 'none' as const } : readTrustedProxies(text);
  if (trusted === null) throw new Error(`no proxies: ${text}`);
  return trusted;
};

describe('the client is the first untrusted hop from the right', () => {
  it.each([
    // Without the setting the header is what a stranger says.
    ['', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['', '203.0.113.9', undefined, '203.0.113.9'],
    ['', undefined, '198.51.100.1', 'unknown'],
    // A number of hops.
    ['1', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['1', '10.0.0.1', 'spoofed, 8.8.8.8, 198.51.100.1', '198.51.100.1'],
    ['2', '10.0.0.1', '8.8.8.8, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['2', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['1', '10.0.0.1', undefined, '10.0.0.1'],
    ['1', '10.0.0.1', '', '10.0.0.1'],
    ['3', '10.0.0.1', '198.51.100.1, 10.0.0.2', '198.51.100.1'],
    // Addresses and networks.
    ['10.0.0.0/8', '10.0.0.1', '8.8.8.8, 198.51.100.1', '198.51.100.1'],
    ['10.0.0.0/8', '10.0.0.1', '8.8.8.8, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['10.0.0.0/8', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['10.0.0.1', '10.0.0.2', '198.51.100.1', '10.0.0.2'],
    ['10.0.0.1, 192.168.0.0/16', '10.0.0.1', '198.51.100.1,192.168.3.4', '198.51.100.1'],
    ['10.0.0.0/8', '10.0.0.1', '10.0.0.7, 10.0.0.8', '10.0.0.7'],
    ['::1', '::1', '2001:db8::7', '2001:db8:0:0:0:0:0:7'],
    ['2001:db8::/32', '2001:db8:1::9', '[2001:DB9::7]:443', '2001:db9:0:0:0:0:0:7'],
    ['127.0.0.1', '::ffff:127.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
    ['::ffff:127.0.0.0/104', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    // Ports, quotes and spaces.
    ['1', '10.0.0.1', ' 198.51.100.1:51234 ', '198.51.100.1'],
    ['1', '10.0.0.1', '"[2001:db8::7]:443"', '2001:db8:0:0:0:0:0:7'],
    ['1', 'fe80::1%eth0', '198.51.100.1', '198.51.100.1'],
    // What is no address ends the search at the proxy that wrote it.
    ['1', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['2', '10.0.0.1', '198.51.100.1, _hidden', '10.0.0.1'],
    ['2', '10.0.0.1', '198.51.100.1, , 10.0.0.2', '10.0.0.2'],
    ['1', '10.0.0.1', '<script>', '10.0.0.1'],
    ['1', '10.0.0.1', '1.2.3.4.5', '10.0.0.1'],
    ['1', '10.0.0.1', '999.1.1.1', '10.0.0.1'],
    ['1', '10.0.0.1', '010.1.1.1', '10.0.0.1'],
  ])('trusting %j, from %s with %j: %s', (trusted, peer, header, client) =>
    expect(clientAddress(peer, header, trust(trusted))).toBe(client),
  );

  it('nobody can choose an address by writing more of them at the left', () => {
    for (let more = 0; more < 50; more += 1) {
      const header = [...Array.from({ length: more }, (_, i) => `8.8.8.${i}`), '198.51.100.1'];
      expect(clientAddress('10.0.0.1', header.join(','), trust('10.0.0.0/8'))).toBe('198.51.100.1');
    }
  });
});

it.each([
  '',
  '0',
  '17',
  'all',
  '10.0.0.0/0',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  '10.0.0',
  '::/0',
  '::1/129',
  '10.0.0.1,',
  'x',
])('the setting is not %j', (text) => expect(readTrustedProxies(text)).toBeNull());

it.each([
  ['1.2.3.4', '1.2.3.4'],
  ['::1', '0:0:0:0:0:0:0:1'],
  ['::', '0:0:0:0:0:0:0:0'],
  ['2001:db8::1:2', '2001:db8:0:0:0:0:1:2'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['64:ff9b::1.2.3.4', '64:ff9b:0:0:0:0:102:304'],
  [':::', null],
  ['1::2::3', null],
  ['1:2:3:4:5:6:7:8:9', null],
  ['12345::', null],
  ['localhost', null],
])('%s is read as %s', (text, address) => expect(readAddress(text)).toBe(address));

it('of v6 everybody owns a /64', () => {
  expect(addressGroup('2001:db8:1:2:3:4:5:6')).toBe(addressGroup('2001:db8:1:2:ffff::1'));
  expect(addressGroup('2001:db8:1:2::1')).not.toBe(addressGroup('2001:db8:1:3::1'));
  expect(addressGroup('203.0.113.9')).toBe('203.0.113.9');
});
