/** A QR code as the one path of an SVG, drawn in squares of size 1: no style, no picture file. */
import { encode } from 'uqr';

export interface QrCode {
  /** Width and height, quiet zone included. */
  readonly size: number;
  readonly path: string;
}

const QUIET_ZONE = 4;

export function qrCode(text: string): QrCode {
  // M: a poster gets creased and written on; the address is short enough to afford it.
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size, path };
}
