import { statfs } from "node:fs/promises";
import path from "node:path";
import { unavailable } from "@/server/kernel/errors";

/** What a build leaves free for everybody else on the disk, in bytes. */
const LEFT_FREE = 64 << 20;

/** Throws Unavailable where a disk has no room for so many more bytes of a file; where nobody can say how much is free, there is. */
export async function requireRoom(file: string, bytes: number): Promise<void> {
  const found = await statfs(path.dirname(file)).catch(() => null);
  if (found === null || found.bavail * found.bsize >= bytes + LEFT_FREE) return;
  throw unavailable("The disk has no room for the bundle. Nothing half-written was left.");
}
