import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { byPath } from "./domain/format";
import { SEAL_BYTES, SEAL_OPENING, sealSignature, type Signer } from "./domain/seal";
import { ARCHIVE_BYTES_MAX, directoryRecord, endRecords, localHeader } from "./domain/zip";
import { requireRoom } from "./disk-room";
import { type Spool, type SpooledFile, tooLarge } from "./spool";

const BUFFER = 1 << 20;

/**
 * Writes files of a spool as one sealed ZIP, in the order of their paths, to a file that must not exist. Gives its SHA-256 (lower
 * hex) and its bytes. Throws Unavailable for more than 4 GiB, and without room on the disk.
 */
export async function writeArchive(
  target: string,
  { folder, spool, files, signer }: { folder: string; spool: Spool; files: readonly SpooledFile[]; signer: Signer },
): Promise<{ digest: string; bytes: number }> {
  // Content is nearly all of it; headers are few bytes beside what is left free.
  await requireRoom(target, spool.end);
  const file = await open(target, "wx", 0o600);
  const hash = createHash("sha256");
  let [written, waiting, waitingBytes] = [0, [] as Uint8Array[], 0];
  const flush = async () => {
    await file.writeFile(Buffer.concat(waiting));
    [waiting, waitingBytes] = [[], 0];
  };
  const write = async (bytes: Uint8Array) => {
    hash.update(bytes);
    written += bytes.byteLength;
    if (written > ARCHIVE_BYTES_MAX) throw tooLarge();
    waiting.push(bytes);
    waitingBytes += bytes.byteLength;
    if (waitingBytes >= BUFFER) await flush();
  };
  try {
    const sorted = [...files].sort(byPath);
    const storedAs = ({ path, crc, bytes }: SpooledFile) => ({ name: `${folder}/${path}`, crc, bytes });
    const offsets = new Float64Array(sorted.length);
    for (const [place, entry] of sorted.entries()) {
      offsets[place] = written;
      await write(localHeader(storedAs(entry)));
      for await (const part of spool.read(entry)) await write(part);
    }
    const offset = written;
    for (const [place, entry] of sorted.entries())
      await write(directoryRecord({ ...storedAs(entry), offset: offsets[place] ?? 0 }));
    await write(endRecords({ entries: files.length, size: written - offset, offset }, SEAL_BYTES));
    await write(Buffer.from(SEAL_OPENING, "latin1"));
    await write(Buffer.from(sealSignature(signer, hash.copy().digest("hex")), "latin1"));
    await flush();
    await file.sync();
    return { digest: hash.digest("hex"), bytes: written };
  } finally {
    await file.close();
  }
}
