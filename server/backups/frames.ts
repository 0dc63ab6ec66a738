import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { preconditionFailed } from "@/server/kernel/errors";
import { FRAME, type Header, headerSchema } from "./domain/format";
import { type BackupKeys, fileKey, newHeader } from "./keys";

const CIPHER = "aes-256-gcm";
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
/** Rows are gathered up to about this many bytes a frame; one long row makes a longer one. */
export const FRAME_BYTES = 256 * 1024;
// Postgres gives no row longer than 1 GB, and Node holds none.
const FRAME_BYTES_MAX = 0x4000_0000;
const HEADER_BYTES_MAX = 1_024;

/** A file that is not whole, not ours, or changed. */
const refused = (what: string) => preconditionFailed(`The backup is refused: ${what}`);

/** The nonce of a frame: its place, and whether it is the last, so that none can be moved, left out or cut off (STREAM). */
function nonceOf(place: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0, 0);
  nonce.writeBigUInt64BE(BigInt(place), 4);
  return nonce;
}

const boundTo = (headerLine: string) => createHash("sha256").update(headerLine, "utf8").digest();

/** Writes the frames of a new file. Synchronous: what comes from Postgres waits in its socket meanwhile. */
export class FrameWriter {
  private place = 0;
  private readonly fd: number;
  private readonly key: Buffer;
  private readonly aad: Buffer;

  constructor(file: string, keys: BackupKeys) {
    const header = newHeader(keys);
    const line = `${JSON.stringify(header)}\n`;
    this.key = fileKey(header, keys);
    this.aad = boundTo(line);
    this.fd = openSync(file, "w", 0o600);
    this.put(Buffer.from(line, "utf8"));
  }

  private put(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.fd, bytes, at);
  }

  write(kind: number, parts: readonly Uint8Array[], isLast = false): void {
    const cipher = createCipheriv(CIPHER, this.key, nonceOf(this.place, isLast), { authTagLength: TAG_BYTES });
    cipher.setAAD(this.aad);
    const sealed = [cipher.update(Buffer.of(kind)), ...parts.map((part) => cipher.update(part)), cipher.final()];
    const body = Buffer.concat([...sealed, cipher.getAuthTag()]);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(body.length);
    this.put(Buffer.concat([length, body]));
    this.place += 1;
  }

  /** On the disk, once it returns. */
  close(): void {
    fsyncSync(this.fd);
    closeSync(this.fd);
  }

  /** Lets go of the file without a promise about it. */
  abandon(): void {
    closeSync(this.fd);
  }
}

async function readExactly(file: FileHandle, length: number, at: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, at + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

function parseHeader(line: string): Header {
  try {
    return headerSchema.parse(JSON.parse(line));
  } catch {
    throw refused("its first line is not that of a backup of this version.");
  }
}

export interface Frame {
  kind: number;
  bytes: Buffer;
}

/**
 * The frames of a file, each once it is seen to be whole and in its place. Throws PreconditionFailed, naming the first that is
 * not, and for a file that ends before its last frame or goes on after it.
 */
export async function* readFrames(file: FileHandle, keys: BackupKeys): AsyncGenerator<Frame> {
  const { size } = await file.stat();
  const start = await readExactly(file, HEADER_BYTES_MAX, 0);
  const end = start.indexOf(0x0a) + 1;
  if (end === 0) throw refused("its first line is not that of a backup of this version.");
  const line = start.subarray(0, end).toString("utf8");
  const [key, aad] = [fileKey(parseHeader(line), keys), boundTo(line)];
  let at = end;
  for (let place = 0; ; place += 1) {
    const name = `frame ${place} at byte ${at}`;
    const head = await readExactly(file, LENGTH_BYTES, at);
    if (head.length < LENGTH_BYTES) throw refused(`it ends before ${name}.`);
    const length = head.readUInt32BE();
    if (length <= TAG_BYTES || length > FRAME_BYTES_MAX || at + LENGTH_BYTES + length > size)
      throw refused(`${name} is cut off, or its length was changed.`);
    const body = await readExactly(file, length, at + LENGTH_BYTES);
    at += LENGTH_BYTES + length;
    const isLast = at === size;
    const decipher = createDecipheriv(CIPHER, key, nonceOf(place, isLast), { authTagLength: TAG_BYTES });
    decipher.setAAD(aad).setAuthTag(body.subarray(-TAG_BYTES));
    let plain: Buffer;
    try {
      plain = Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]);
    } catch {
      throw refused(`${name} was changed, is not in its place, is not the last, or the key is another.`);
    }
    yield { kind: plain[0] ?? 0, bytes: plain.subarray(1) };
    if (isLast) {
      if (plain[0] !== FRAME.manifest) throw refused(`it ends with ${name}, without its manifest.`);
      return;
    }
  }
}
