/**
 * Terms by number: 48 bits of a hash, so that passages are coded without a dictionary and alike in every store. Two of a
 * million terms share a number with a probability of .2 per cent, and then count as one term.
 * Two lanes of multiply and xor-shift as in MurmurHash3's finaliser (Appleby, public domain).
 */
export function termHash(stem: string): number {
  let a = 0x9e3779b1;
  let b = 0x85ebca77;
  for (let i = 0; i < stem.length; i++) {
    const unit = stem.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  a = Math.imul(a ^ (b >>> 16), 0x85ebca6b);
  b = Math.imul(b ^ (a >>> 13), 0xc2b2ae35);
  return ((b ^ (b >>> 16)) & 0xffff) * 0x1_0000_0000 + ((a ^ (a >>> 15)) >>> 0);
}
