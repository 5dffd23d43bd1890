import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from 'node:crypto';

/**
 * The client's half of SRP-6a (RFC 5054) as Cognito user pools speak it: the password is proved and never sent.
 * Node has no SRP, and the packages that have it bring a whole browser client with them.
 */
const N = bigInt(getDiffieHellman('modp15').getPrime());
const G = 2n;
const SESSION_BITS = 1_024;
const INFO = 'Caldera Derived Key';

interface Challenge {
  readonly pool: string;
  readonly user: string;
  readonly password: string;
  /** Hexadecimal, as the pool sends them. */
  readonly salt: string;
  readonly serverPublic: string;
  /** Base64. */
  readonly secretBlock: string;
  readonly at: Date;
}

export interface Proof {
  readonly timestamp: string;
  readonly signature: string;
}

/** A fresh session: what to send first, and what answers the pool's challenge. */
export function startSrp(): { readonly clientPublic: string; prove(challenge: Challenge): Proof } {
  const secret = bigInt(randomBytes(SESSION_BITS / 8)) % N;
  const A = power(G, secret);
  return {
    clientPublic: A.toString(16),
    prove({ pool, user, password, salt, serverPublic, secretBlock, at }) {
      // Cognito leaves the region out of the pool's name here.
      const poolName = pool.slice(pool.indexOf('_') + 1);
      const B = BigInt(`0x${serverPublic}`);
      const identity = createHash('sha256').update(`${poolName}${user}:${password}`).digest();
      const x = hash(padded(BigInt(`0x${salt}`)), identity);
      const u = hash(padded(A), padded(B));
      const k = hash(padded(N), padded(G));
      const base = (((B - k * power(G, x)) % N) + N) % N;
      const shared = power(base, secret + u * x);
      const key = Buffer.from(hkdfSync('sha256', padded(shared), padded(u), INFO, 16));
      const timestamp = cognitoTime(at);
      const signature = createHmac('sha256', key)
        .update(`${poolName}${user}`)
        .update(Buffer.from(secretBlock, 'base64'))
        .update(timestamp)
        .digest('base64');
      return { timestamp, signature };
    },
  };
}

/** Sat Nov 8 01:02:03 UTC 2026: the day of the month without a leading zero. */
function cognitoTime(at: Date): string {
  const [weekday, day, month, year, time] = at.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

const hash = (...parts: readonly Uint8Array[]): bigint =>
  bigInt(createHash('sha256').update(Buffer.concat(parts)).digest());

/** As a signed number is written: whole bytes, and a zero in front where the first bit is set. */
function padded(number: bigint): Buffer {
  const hex = number.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/i.test(even) ? `00${even}` : even, 'hex');
}

function bigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
