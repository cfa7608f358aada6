import QRCode from 'qrcode';

/** A code of squares: its side in squares, and the dark ones as a path of an SVG of that side. */
export interface Matrix {
  side: number;
  path: string;
}

/** A text as a QR code (ISO/IEC 18004), for a camera a few centimetres away. */
export function matrixOf(text: string): Matrix {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const dark = [...data].flatMap((bit, index) =>
    bit ? [`M${index % size} ${Math.floor(index / size)}h1v1h-1z`] : [],
  );
  return { side: size, path: dark.join('') };
}
