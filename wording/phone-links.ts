/** A part of a written phone number, with the link that calls it; `null` for what stands around numbers. */
export interface PhonePart {
  text: string;
  href: string | null;
}

/** `8 (3952) 24-55-66` as `+73952245566`: from a mobile phone, and from abroad, only the full form works. */
function numberOf(digits: string, isInternational: boolean): string {
  if (isInternational) return `+${digits}`;
  if (digits.length === 11 && /^[78]/.test(digits)) return `+7${digits.slice(1)}`;
  return digits.length === 10 ? `+7${digits}` : digits;
}

/** One number, its extension after it: a phone waits for the answer and dials it (RFC 3966 has `;ext=`, phones a comma). */
function linkOf(written: string): string | null {
  const [number, extension] = written.split(/(?:доб|ext|вн)\.?/iu);
  const digits = (number ?? '').replace(/\D/g, '');
  if (digits.length < 5 || digits.length > 15) return null;
  const added = (extension ?? '').replace(/\D/g, '');
  return `tel:${numberOf(digits, /^\s*\+/.test(number ?? ''))}${added && `,${added}`}`;
}

/** A phone number as people write it, one or several in a line, in parts: each number with a link that calls it. */
export function phoneParts(written: string): PhonePart[] {
  return written
    .split(/([,;]\s*(?!\s*(?:доб|ext|вн))|\s\/\s)/iu)
    .filter((part) => part !== '')
    .map((text) => ({ text, href: linkOf(text) }));
}
