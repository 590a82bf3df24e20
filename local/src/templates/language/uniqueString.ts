/** Murmur hash of 64 bits as Azure Resource Manager computes it: two lanes of 32 bits. */
const [FIRST, SECOND] = [597_399_067, 2_869_860_233];
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const LENGTH = 13;

/** The text of 13 letters that `uniqueString` makes of others. */
export function uniqueString(...values: readonly string[]): string {
  let hash = murmur(Buffer.from(values.join("-")));
  let text = "";
  for (let index = 0; index < LENGTH; index++) {
    text += LETTERS[Number(hash >> 59n)] ?? "";
    hash = BigInt.asUintN(64, hash << 5n);
  }
  return text;
}

function murmur(data: Buffer): bigint {
  let [one, two] = [0, 0];
  const whole = data.length - (data.length % 8);
  for (let at = 0; at < whole; at += 8) {
    one = rotate(one ^ mixFirst(data.readUInt32LE(at)), 19) + two;
    one = Math.imul(one, 5) + 1_444_728_091;
    two = rotate(two ^ mixSecond(data.readUInt32LE(at + 4)), 13) + one;
    two = Math.imul(two, 5) + 197_830_471;
  }
  const rest = data.length - whole;
  if (rest > 0) one ^= mixFirst(data.readUIntLE(whole, Math.min(rest, 4)));
  if (rest > 4) two ^= mixSecond(data.readUIntLE(whole + 4, rest - 4));
  one ^= data.length;
  two ^= data.length;
  one += two;
  two += one;
  one = finish(one);
  two = finish(two);
  one += two;
  two += one;
  return (BigInt(two >>> 0) << 32n) | BigInt(one >>> 0);
}

function mixFirst(value: number): number {
  return Math.imul(rotate(Math.imul(value, FIRST), 15), SECOND);
}

function mixSecond(value: number): number {
  return Math.imul(rotate(Math.imul(value, SECOND), 17), FIRST);
}

function finish(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 2_246_822_507);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 3_266_489_909);
  return mixed ^ (mixed >>> 16);
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
