import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";

/** What a build puts beside the file that it makes: the parts of it, and the file while it is not whole. */
export const unfinishedName = (target: string, suffix: string, what: "spool" | "partial") =>
  `${target}.${suffix}.${what}`;
const UNFINISHED = /\.zip\.[0-9a-f]{12}\.(?:spool|partial)$/;

/** How the folders of builds that were asked for begin, in the folder for temporary files. */
export const BUILD_FOLDER = "conductor-bundle-";

/** No build takes so long: what is older, was left by one that was killed. */
const STALE_MS = 24 * 3_600_000;

/** Removes from a folder what builds have left that were killed, by names that are ours alone; a folder that is not there has none. */
export async function sweepStale(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(BUILD_FOLDER) || UNFINISHED.test(each))) {
    const left = path.join(folder, name);
    const found = await stat(left).catch(() => null);
    // What cannot be removed hinders no build: the next one tries again.
    if (found !== null && now.getTime() - found.mtimeMs > STALE_MS)
      await rm(left, { recursive: true, force: true }).catch(() => undefined);
  }
}
