import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
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

/** Throws ShopFailed `shop-address` where an address must not be called. */
export async function refuseAddress(url: URL, { mayBeLocal }: AddressRules): Promise<void> {
  if (mayBeLocal && LOCAL.includes(url.hostname)) return;
  if (url.protocol !== 'https:') throw forbidden(`${url.protocol}// is not encrypted; use https`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const found = await lookup(host, { all: true }).catch((error: unknown) => {
    throw new ShopFailed('shop-unreachable', 'Nobody knows the address of the shop', { cause: error });
  });
  if (!found.every(({ address }) => isPublic(address)))
    throw forbidden('the address leads into a private network');
}

const forbidden = (why: string): ShopFailed =>
  new ShopFailed('shop-address', `The shop cannot be asked: ${why}`);
