/**
 * A number in [0, 1) that depends on the text alone, evenly spread: who is held out, who is sampled,
 * which slot a key falls into. MurmurHash3's 32-bit form (Appleby, public domain); not for secrets.
 */
export function fractionOf(text: string): number {
  let hash = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    let block = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
    hash = Math.imul(((hash ^ block) << 13) | ((hash ^ block) >>> 19), 5) + 0xe6546b64;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
