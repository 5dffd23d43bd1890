import type { IncomingMessage } from 'node:http';

/** Of all bodies together that are on their way. */
const MOST_HELD_BYTES = 64_000_000;
const FIRST_BYTES = 16_384;
/** Of a body that is too large so much is read and forgotten: most senders hear no answer before they have said all. */
const MOST_FORGOTTEN_BYTES = 32_000_000;
/** Each piece costs microseconds, however small: a megabyte of single bytes is seconds of everybody's time. */
const MOST_CRUMBS = 4_000;
const CRUMB_BYTES = 32;

/**
 * `too-large`: longer than a body may be. `in-crumbs`: in pieces of a few bytes. `given-up`: it came so slowly that others
 * needed its room. `gone`: whoever sent it hung up, and hears no answer.
 */
export type Unread = 'too-large' | 'in-crumbs' | 'given-up' | 'gone';

interface Growing {
  bytes: Uint8Array;
  giveUp(): void;
}

/**
 * Reads bodies off their connections, before anybody knows who sends them. All of them together hold so much; beyond
 * it those end that did not grow for the longest, so that bodies which never end keep no others out.
 */
export function bodyReader(mostBytes: number, mostHeldBytes = MOST_HELD_BYTES) {
  // In the order in which they last grew.
  const growing = new Set<Growing>();
  let held = 0;

  const makeRoomFor = (one: Growing): void => {
    for (const oldest of growing) {
      if (held <= mostHeldBytes) return;
      if (oldest !== one) oldest.giveUp();
    }
  };

  const grow = (one: Growing, size: number): void => {
    const bytes = new Uint8Array(Math.min(mostBytes, Math.max(size, one.bytes.length * 2, FIRST_BYTES)));
    bytes.set(one.bytes);
    held += bytes.length - one.bytes.length;
    one.bytes = bytes;
    growing.delete(one);
    growing.add(one);
    makeRoomFor(one);
  };

  return (incoming: IncomingMessage): Promise<Uint8Array | Unread> =>
    new Promise((resolve) => {
      if (Number(incoming.headers['content-length'] ?? 0) > MOST_FORGOTTEN_BYTES) return resolve('too-large');
      let [size, pieces] = [0, 0];
      const one: Growing = { bytes: new Uint8Array(0), giveUp: () => done('given-up') };
      const forget = (): void => {
        growing.delete(one);
        held -= one.bytes.length;
        one.bytes = new Uint8Array(0);
      };
      const done = (received: Uint8Array | Unread): void => {
        incoming.off('data', take).off('end', end).off('close', gone).off('error', gone).pause();
        forget();
        resolve(received);
      };
      const keep = (piece: Uint8Array): void => {
        if (size > one.bytes.length) grow(one, size);
        one.bytes.set(piece, size - piece.length);
      };
      const take = (piece: Uint8Array): void => {
        size += piece.length;
        pieces += 1;
        if (pieces > MOST_CRUMBS && size < pieces * CRUMB_BYTES) done('in-crumbs');
        else if (size > MOST_FORGOTTEN_BYTES) done('too-large');
        else if (size > mostBytes) forget();
        else keep(piece);
      };
      const end = (): void => done(size > mostBytes ? 'too-large' : one.bytes.subarray(0, size));
      const gone = (): void => done('gone');
      incoming.on('data', take).on('end', end).on('close', gone).on('error', gone);
    });
}
