/** A square picture as a PNG: red, green, blue and alpha, eight bits each, nothing else in the file. */
import { crc32, deflateSync } from 'node:zlib';

export interface Picture {
  readonly size: number;
  /** Row by row, four bytes a point. */
  readonly points: Buffer;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const EIGHT_BITS = 8;
const RED_GREEN_BLUE_ALPHA = 6;

export function png({ size, points }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = EIGHT_BITS;
  header[9] = RED_GREEN_BLUE_ALPHA;
  const width = size * 4;
  // Before each row stands how it is filtered: not at all.
  const rows = Array.from({ length: size }, (_, row) =>
    Buffer.concat([Buffer.from([0]), points.subarray(row * width, (row + 1) * width)]),
  );
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
