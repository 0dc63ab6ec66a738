// Reads a bundle's file: a ZIP of one form, byte by byte. verify.mjs, beside it, says what the files in it have to be.
import { createHash } from "node:crypto";
import { fstatSync, readSync } from "node:fs";

const COMMENT = 106;
const END = 22;
const CHUNK = 1 << 20;
export const PATH = /^[A-Za-z0-9_@][A-Za-z0-9._@+-]{0,99}(\/[A-Za-z0-9_@][A-Za-z0-9._@+-]{0,99}){0,7}$/;
export const SIG = "[A-Za-z0-9+/]{85}[AQgw]==";

export class Bad extends Error {
  constructor(path, reason) {
    super(`${path}: ${reason}`);
    Object.assign(this, { path, reason });
  }
}
export const must = (isGood, path, reason) => {
  if (!isGood) throw new Bad(path, reason);
};

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** Bytes of the open file, by their place; never all at once. */
export class Bytes {
  constructor(file) {
    this.file = file;
    this.size = fstatSync(file).size;
  }
  at(offset, length) {
    const buffer = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const read = readSync(this.file, buffer, done, length - done, offset + done);
      if (read === 0) return buffer.subarray(0, done);
      done += read;
    }
    return buffer;
  }
  /** Lines without their ends; the last is what follows the last end, and must be empty. */
  *lines({ data, size }) {
    let rest = "";
    for (const chunk of this.chunks(data, size)) {
      const lines = (rest + chunk.toString("latin1")).split("\n");
      rest = lines.pop();
      yield* lines;
    }
    yield rest;
  }
  *chunks(offset, length) {
    for (let done = 0; done < length; done += CHUNK) yield this.at(offset + done, Math.min(CHUNK, length - done));
  }
  sha256(offset, length) {
    const hash = createHash("sha256");
    for (const chunk of this.chunks(offset, length)) hash.update(chunk);
    return hash.digest("hex");
  }
  digest(offset, length) {
    const hash = createHash("sha256");
    let crc = 0xffffffff;
    for (const chunk of this.chunks(offset, length)) {
      hash.update(chunk);
      for (let i = 0; i < chunk.length; i++) crc = CRC[(crc ^ chunk[i]) & 0xff] ^ (crc >>> 8);
    }
    return { sha256: hash.digest("hex"), crc: ~crc >>> 0 };
  }
}

function fields(widths) {
  return Buffer.concat(
    widths.map(([width, value]) => {
      const part = Buffer.alloc(width);
      part.writeUIntLE(value, 0, Math.min(width, 6));
      return part;
    }),
  );
}

export function readEnd(bytes) {
  const { size } = bytes;
  must(size > END + COMMENT && size < 0xffffffff, "(file)", "size");
  const at = size - COMMENT - END;
  const end = bytes.at(at, END + COMMENT);
  const [cdSize, cdOffset] = [end.readUInt32LE(12), end.readUInt32LE(16)];
  let count = end.readUInt16LE(8);
  let start = at;
  if (count === 0xffff) {
    start -= 76;
    must(start >= 0, "(end)", "end-record");
    const wide = bytes.at(start, 76);
    count = wide.readUIntLE(24, 6);
    const [c, s, o] = [count, cdSize, cdOffset];
    const head = [
      [4, 0x06064b50],
      [8, 44],
      [2, 45],
      [2, 45],
      [4, 0],
      [4, 0],
      [8, c],
      [8, c],
      [8, s],
      [8, o],
    ];
    const expected = fields([...head, [4, 0x07064b50], [4, 0], [8, o + s], [4, 1]]);
    must(count > 65534 && wide.equals(expected), "(end)", "end-record");
  }
  const n = Math.min(count, 0xffff);
  const expected = fields([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, n],
    [2, n],
    [4, cdSize],
    [4, cdOffset],
    [2, COMMENT],
  ]);
  const comment = end.subarray(END).toString("latin1");
  const isEnd = end.subarray(0, END).equals(expected) && count > 0 && cdOffset + cdSize === start;
  const seal = new RegExp(`^conductor-seal-v1 (${SIG})$`).exec(comment);
  must(isEnd && seal !== null, "(end)", "end-record");
  return { count, cdOffset, cdSize, seal: Buffer.from(seal[1], "base64") };
}

export function readEntries(bytes, { count, cdOffset, cdSize }) {
  const directory = bytes.at(cdOffset, cdSize);
  const entries = new Map();
  let [place, expectedOffset, folder, last] = [0, 0, null, ""];
  for (let number = 0; number < count; number++) {
    const nameless = `(entry ${number})`;
    must(place + 46 <= cdSize, nameless, "entry-record");
    const record = directory.subarray(place, place + 46);
    must(record.readUInt32LE(0) === 0x02014b50, nameless, "entry-record");
    must(record.readUInt16LE(10) === 0, nameless, "compressed");
    const [crc, size, length, offset] = [16, 20, 28, 42].map((at) =>
      at === 28 ? record.readUInt16LE(at) : record.readUInt32LE(at),
    );
    const head = [
      [4, 0x02014b50],
      [2, 0x031e],
      [2, 20],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 33],
    ];
    const middle = [
      [4, crc],
      [4, size],
      [4, size],
      [2, length],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0x81a40000],
    ];
    must(record.equals(fields([...head, ...middle, [4, offset]])), nameless, "entry-record");
    must(place + 46 + length <= cdSize, nameless, "entry-record");
    const name = directory.subarray(place + 46, place + 46 + length);
    const text = name.toString("latin1");
    const slash = text.indexOf("/");
    const path = text.slice(slash + 1);
    folder ??= text.slice(0, Math.max(slash, 0));
    const isNamed = /^conductor-evidence-[a-z0-9_-]{1,120}$/.test(folder) && text.slice(0, slash) === folder;
    must(isNamed && path.length <= 200 && PATH.test(path), nameless, "entry-path");
    must(path !== last, path, "duplicate");
    must(path > last, path, "order");
    const local = fields([
      [4, 0x04034b50],
      [2, 20],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 33],
      [4, crc],
      [4, size],
      [4, size],
      [2, length],
      [2, 0],
    ]);
    const data = offset + 30 + length;
    const isPlaced = offset === expectedOffset && data + size <= cdOffset;
    must(isPlaced && bytes.at(offset, 30 + length).equals(Buffer.concat([local, name])), path, "entry-header");
    entries.set(path, { path, crc, size, data });
    [last, place, expectedOffset] = [path, place + 46 + length, data + size];
  }
  must(place === cdSize && expectedOffset === cdOffset, "(end)", "gap");
  return entries;
}
