import { crc32, gunzipSync } from "node:zlib";

export interface ArchiveFile {
  name: string;
  bytes: Buffer;
}

const BLOCK = 512;
const STORED_MOST = 0xffff;
/** An archive says no more than this (bytes): what unpacks to more is refused. */
const UNPACKED_MOST = 16 * 1024 * 1024;

const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, "0")}\0`;

function header({ name, bytes }: ArchiveFile): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 99) throw new Error(`a name too long for an archive: ${name}`);
  block.write(name, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(bytes.length, 12), 124);
  block.write(octal(0, 12), 136);
  block.write(" ".repeat(8), 148);
  block.write("0", 156);
  block.write("ustar\0" + "00", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** A gzip file that stores and does not compress: what compressors make differs by their version, and by processor. */
function stored(content: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])];
  for (let from = 0; from < content.length; from += STORED_MOST) {
    const piece = content.subarray(from, from + STORED_MOST);
    const head = Buffer.alloc(5);
    head.writeUInt8(from + STORED_MOST >= content.length ? 1 : 0, 0);
    head.writeUInt16LE(piece.length, 1);
    head.writeUInt16LE(~piece.length & 0xffff, 3);
    parts.push(head, piece);
  }
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc32(content), 0);
  tail.writeUInt32LE(content.length, 4);
  return Buffer.concat([...parts, tail]);
}

/** Files as a tar.gz whose bytes depend on nothing else: sorted by name, of no time, owner or platform. */
export function packed(files: readonly ArchiveFile[]): Buffer {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const blocks = sorted.flatMap((file) => [
    header(file),
    file.bytes,
    Buffer.alloc((BLOCK - (file.bytes.length % BLOCK)) % BLOCK),
  ]);
  return stored(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}

/** The files of a tar.gz; throws Error for what is none, holds anything but files, or names one twice. */
export function unpacked(archive: Buffer): ArchiveFile[] {
  const content = gunzipSync(archive, { maxOutputLength: UNPACKED_MOST });
  const files = new Map<string, Buffer>();
  for (let place = 0; place + BLOCK <= content.length;) {
    const block = content.subarray(place, place + BLOCK);
    if (block.every((byte) => byte === 0)) break;
    const text = (from: number, to: number) => block.toString("utf8", from, to).replace(/\0.*$/s, "").trim();
    const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
    if (Number.parseInt(text(148, 156), 8) !== sum) throw new Error("the archive is damaged");
    // OPA writes absolute names; both are one file.
    const name = text(0, 100).replace(/^\/+/, "");
    const size = Number.parseInt(text(124, 136), 8);
    if (!["0", ""].includes(text(156, 157)) || text(345, 500) !== "") throw new Error(`${name} is no plain file`);
    if (files.has(name)) throw new Error(`${name} is there twice`);
    const bytes = content.subarray(place + BLOCK, place + BLOCK + size);
    if (bytes.length !== size) throw new Error("the archive ends too early");
    files.set(name, bytes);
    place += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return [...files].map(([name, bytes]) => ({ name, bytes }));
}
