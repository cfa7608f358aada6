/** How a value stands to a median: within 2 % of it is the same. */
export function comparison(value: number, median: number): 'above' | 'below' | 'same' {
  const tolerance = Math.abs(median) * 0.02;
  if (Math.abs(value - median) <= tolerance) return 'same';
  return value > median ? 'above' : 'below';
}
