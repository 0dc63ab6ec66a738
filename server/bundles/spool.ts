import { createHash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { InvariantError, unavailable } from "@/server/kernel/errors";
import { requireRoom } from "./disk-room";
import { isBundlePath } from "./domain/format";
import { ARCHIVE_BYTES_MAX } from "./domain/zip";

/** Content of a file of the bundle: at once, or in parts. */
export type Content = Uint8Array | string | Iterable<string> | AsyncIterable<Uint8Array | string>;

export interface SpooledFile {
  path: string;
  bytes: number;
  /** SHA-256, lower hex. */
  digest: string;
  crc: number;
  /** Where its bytes begin in the spool. */
  offset: number;
}

const CHUNK = 1 << 20;
/** How much is written before the room on the disk is looked at again, in bytes. */
const LOOK_EVERY = 32 << 20;

/** More than a bundle can hold. */
export const tooLarge = () => unavailable("A bundle holds at most 4 GiB. Choose a shorter period.");

/** Files one after another in a temporary file, so that a bundle's parts are made in any order and in bounded memory. */
export class Spool {
  /** Where what waits to be written belongs. */
  private written = 0;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  /** Up to where there was room when it was looked at. */
  private roomUpTo = 0;
  private readonly taken = new Set<string>();

  private constructor(
    private readonly file: FileHandle,
    private readonly name: string,
  ) {}

  static async at(name: string): Promise<Spool> {
    return new Spool(await open(name, "wx+", 0o600), name);
  }

  /** Bytes of all files that were added. */
  get end(): number {
    return this.written + this.waitingBytes;
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.waiting);
    if (this.end > ARCHIVE_BYTES_MAX) throw tooLarge();
    if (this.end > this.roomUpTo) {
      await requireRoom(this.name, bytes.byteLength + LOOK_EVERY);
      this.roomUpTo = this.end + LOOK_EVERY;
    }
    [this.waiting, this.waitingBytes] = [[], 0];
    for (let done = 0; done < bytes.byteLength;)
      done += (await this.file.write(bytes, done, bytes.byteLength - done, this.written + done)).bytesWritten;
    this.written += bytes.byteLength;
  }

  /** Adds a file. Throws where a path cannot be in a bundle, or is there already, what its content throws, and Unavailable without room: then it is not added. */
  async add(path: string, content: Content): Promise<SpooledFile> {
    if (!isBundlePath(path) || this.taken.has(path))
      throw new InvariantError(`a bundle cannot hold ${path}, or has it already`);
    this.taken.add(path);
    const hash = createHash("sha256");
    const [offset, parts] = [
      this.end,
      typeof content === "string" || ArrayBuffer.isView(content) ? [content] : content,
    ];
    let crc = 0;
    try {
      for await (const part of parts) {
        const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
        hash.update(bytes);
        crc = crc32(bytes, crc);
        this.waiting.push(bytes);
        this.waitingBytes += bytes.byteLength;
        if (this.waitingBytes >= CHUNK) await this.flush();
      }
    } catch (error) {
      // What waits of it belongs to nothing; what was written of it is written over.
      if (offset > this.written) await this.flush();
      [this.waiting, this.waitingBytes, this.written] = [[], 0, offset];
      this.taken.delete(path);
      throw error;
    }
    return { path, bytes: this.end - offset, digest: hash.digest("hex"), crc, offset };
  }

  /** The bytes of a file that was added, in parts. */
  async *read({ offset, bytes }: SpooledFile): AsyncGenerator<Uint8Array> {
    await this.flush();
    for (let done = 0; done < bytes;) {
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK, bytes - done));
      const { bytesRead } = await this.file.read(buffer, 0, buffer.byteLength, offset + done);
      if (bytesRead === 0) throw new InvariantError("the spool is shorter than what was written to it");
      done += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  async remove(): Promise<void> {
    await this.file.close();
    await rm(this.name, { force: true });
  }
}
