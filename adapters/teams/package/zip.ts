/**
 * A few small files as a zip, the same bytes every time: no dates, no names of whoever made it. It
 * knows no folders, no encryption and nothing large.
 */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly content: Buffer;
}

const DEFLATED = 8;
const VERSION = 20;
/** The first of January 1980, the earliest that a zip can name. */
const NO_DATE = 0x0021;

export function zip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const packed = deflateRawSync(content, { level: 9 });
    const about = describe(name, content, packed);
    const local = Buffer.concat([uint32(0x04034b50), about, Buffer.from(name), packed]);
    directory.push(
      Buffer.concat([
        uint32(0x02014b50),
        uint16(VERSION),
        about,
        uint16(0), // no comment
        uint16(0), // the only disk
        uint16(0), // nothing known inside
        uint32(0), // no rights
        uint32(offset),
        Buffer.from(name),
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.concat([
    uint32(0x06054b50),
    uint16(0),
    uint16(0),
    uint16(files.length),
    uint16(files.length),
    uint32(index.length),
    uint32(offset),
    uint16(0),
  ]);
  return Buffer.concat([...locals, index, end]);
}

/** The part that stands before a file and once more in the directory. */
function describe(name: string, content: Buffer, packed: Buffer): Buffer {
  return Buffer.concat([
    uint16(VERSION),
    uint16(0), // no flags: names are plain ASCII
    uint16(DEFLATED),
    uint16(0),
    uint16(NO_DATE),
    uint32(crc32(content)),
    uint32(packed.length),
    uint32(content.length),
    uint16(Buffer.byteLength(name)),
    uint16(0), // nothing extra
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
