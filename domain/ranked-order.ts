/** Below so many values a comparing sort is faster than one that counts digits. */
const fewValues = 1_000;

/** A digit of the counting sort: six of these hold the 64 bits of a number. */
const digitBits = 11;
const digits = 6;
const base = 1 << digitBits;

/**
 * The indices of the known values (`NaN` is unknown), from the lowest value to the highest, equal ones in their order. In time
 * that grows with how many there are, and no faster: numbers are sorted by their bits, digit by digit, and never compared.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const known = new Uint32Array(values.length);
  let count = 0;
  for (let index = 0; index < values.length; index += 1) {
    if (Number.isNaN(values[index])) continue;
    known[count] = index;
    count += 1;
  }
  const order = known.subarray(0, count);
  if (count < fewValues)
    return order.sort((one, other) => (values[one] ?? 0) - (values[other] ?? 0) || one - other);
  return sortedByDigits(order, values);
}

/** Tells each run of equal values of an ascending order: from which place of it, to behind which. */
export function forEachRun(
  order: Uint32Array,
  values: Float64Array,
  take: (from: number, end: number) => void,
): void {
  let from = 0;
  for (let end = 1; end <= order.length; end += 1) {
    if (end < order.length && values[order[end] ?? 0] === values[order[from] ?? 0]) continue;
    take(from, end);
    from = end;
  }
}

/** Bits that sort as unsigned numbers as the values themselves do: high and low halves. */
function sortableBits(order: Uint32Array, values: Float64Array): [high: Uint32Array, low: Uint32Array] {
  const [high, low] = [new Uint32Array(order.length), new Uint32Array(order.length)];
  const number = new Float64Array(1);
  const halves = new Uint32Array(number.buffer);
  for (let index = 0; index < order.length; index += 1) {
    // Adding 0 makes -0, which is equal to it, the same.
    number[0] = (values[order[index] ?? 0] ?? 0) + 0;
    const [lower = 0, upper = 0] = halves;
    const isNegative = upper >>> 31 === 1;
    high[index] = isNegative ? ~upper : upper | 0x80000000;
    low[index] = isNegative ? ~lower : lower;
  }
  return [high, low];
}

/** The bits of one digit, the lowest first; the third lies in both halves. */
function digitOf(digit: number, high: number, low: number): number {
  const shift = digit * digitBits;
  if (shift + digitBits <= 32) return (low >>> shift) & (base - 1);
  if (shift >= 32) return (high >>> (shift - 32)) & (base - 1);
  return ((low >>> shift) | (high << (32 - shift))) & (base - 1);
}

function sortedByDigits(order: Uint32Array, values: Float64Array): Uint32Array {
  const count = order.length;
  const [high, low] = sortableBits(order, values);
  let [from, to] = [new Uint32Array(count), new Uint32Array(count)];
  for (let place = 0; place < count; place += 1) from[place] = place;
  const digitAt = new Uint16Array(count);
  for (let digit = 0; digit < digits; digit += 1) {
    const starts = new Uint32Array(base);
    for (let place = 0; place < count; place += 1) {
      const value = digitOf(digit, high[place] ?? 0, low[place] ?? 0);
      digitAt[place] = value;
      starts[value] = (starts[value] ?? 0) + 1;
    }
    // Of all the same digit: nothing moves.
    if ((starts[digitAt[0] ?? 0] ?? 0) === count) continue;
    let start = 0;
    for (let value = 0; value < base; value += 1) {
      const those = starts[value] ?? 0;
      starts[value] = start;
      start += those;
    }
    for (const place of from) {
      const value = digitAt[place] ?? 0;
      const at = starts[value] ?? 0;
      to[at] = place;
      starts[value] = at + 1;
    }
    [from, to] = [to, from];
  }
  return from.map((place) => order[place] ?? 0);
}
