import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { ShopFailed } from '../../ports/shop.ts';

/** Addresses within the house, of this machine, and of nobody: no shop answers there. */
const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
// Of version 6 only what is public is let out, less the prefixes that carry an address of version 4 within.
const outside = new BlockList();
outside.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

/** True where anybody may call; an address that is written in another form than its own is not. */
export function isPublic(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !inside.check(address, 'ipv4');
  return version === 6 && outside.check(address, 'ipv6') && !inside.check(address, 'ipv6');
}

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

export interface AddressRules {
  /** A shop on this machine, by http too: for a host that runs beside it. */
  readonly mayBeLocal: boolean;
}

const isLocal = (host: string, { mayBeLocal }: AddressRules): boolean => mayBeLocal && LOCAL.includes(host);

/** Throws ShopFailed `shop-address` where an address must not be called; where a name leads is for `lookupFor`. */
export function refuseAddress(url: URL, rules: AddressRules): void {
  if (isLocal(url.hostname, rules)) return;
  if (url.protocol !== 'https:') throw forbidden(`${url.protocol}// is not encrypted; use https`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0 && !isPublic(host)) throw forbidden(INSIDE);
}

/** Answers the addresses of a name; the connection is made to one of them. */
type Resolve = (
  host: string,
  answer: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

const byDns: Resolve = (host, answer) => lookup(host, { all: true }, answer);

/**
 * Looks a name up for the connection itself, so that the address that was checked is the one that is called: a name
 * that is looked up twice may lead elsewhere the second time. Node tries all addresses, so all are answered. Fails with
 * ShopFailed.
 */
export const lookupFor =
  (rules: AddressRules, resolve = byDns): LookupFunction =>
  (host, _options, answer) =>
    resolve(host, (error, found) => {
      if (error !== null) answer(unknown(error), []);
      else if (isLocal(host, rules) || found.every(({ address }) => isPublic(address))) answer(null, found);
      else answer(forbidden(INSIDE), []);
    });

const INSIDE = 'the address leads into a private network';

const forbidden = (why: string): ShopFailed =>
  new ShopFailed('shop-address', `The shop cannot be asked: ${why}`);

const unknown = (cause: Error): ShopFailed =>
  new ShopFailed('shop-unreachable', 'Nobody knows the address of the shop', { cause });
