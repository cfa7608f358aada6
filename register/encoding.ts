/**
 * The text of a file whose encoding nobody named: the byte order marks of UTF-8 and UTF-16, UTF-16 without a mark
 * (every other byte of an ASCII or Cyrillic text is 0 or 4), UTF-8 when the bytes are valid, else Windows-1251,
 * which Excel in Russia writes. `null` when the bytes are no text.
 */
export function decodeText(content: Uint8Array): { text: string; encoding: string } | null {
  const encoding = encodingOf(content);
  if (!encoding) return null;
  const text = new TextDecoder(encoding).decode(content);
  return text.includes('\0') ? null : { text, encoding };
}

function encodingOf(content: Uint8Array): string | null {
  const [first, second, third] = content;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = content.subarray(0, 4096);
  if (sample.includes(0)) return wideEncodingOf(sample);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content);
    return 'utf-8';
  } catch {
    return 'windows-1251';
  }
}

function wideEncodingOf(sample: Uint8Array): string | null {
  let evenHigh = 0;
  let oddHigh = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0 && byte !== 4) return;
    if (index % 2 === 0) evenHigh++;
    else oddHigh++;
  });
  const characters = sample.length / 2;
  if (oddHigh > characters * 0.8 && evenHigh < characters * 0.2) return 'utf-16le';
  if (evenHigh > characters * 0.8 && oddHigh < characters * 0.2) return 'utf-16be';
  return null;
}
