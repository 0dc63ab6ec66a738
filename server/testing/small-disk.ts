import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A disk of its own, in memory, that a test may fill to the last byte. */
export interface SmallDisk {
  folder: string;
  /** Takes all the space that is left; may be called again to take what was freed since. */
  fill(): void;
  /** Gives back what `fill` took. */
  free(): void;
  /** Takes the disk away, with everything on it. */
  unmount(): void;
}

function fillWith(file: string): void {
  const descriptor = openSync(file, "a");
  try {
    for (const size of [1_048_576, 4_096, 1]) {
      const filler = Buffer.alloc(size);
      try {
        for (;;) writeSync(descriptor, filler);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Mounts a disk of so many megabytes. Throws where `whyNoSmallDisk` would have said so. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), "small-disk-"));
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", folder], {
    encoding: "utf8",
  });
  if (mount.status !== 0) {
    rmdirSync(folder);
    throw new Error((mount.stderr || String(mount.error)).trim());
  }
  const filler = path.join(folder, "filler");
  return {
    folder,
    fill: () => fillWith(filler),
    free: () => rmSync(filler, { force: true }),
    unmount: () => {
      // Lazy: gone at once even if a process of a failed test still holds a file on it.
      const umount = spawnSync("umount", ["--lazy", folder], { encoding: "utf8" });
      if (umount.status !== 0) throw new Error(`The disk in ${folder} could not be unmounted: ${umount.stderr}`);
      rmdirSync(folder);
    },
  };
}

/** Why this user may not mount disks here, printed for whoever reads the tests' output; null where it may. */
export function whyNoSmallDisk(): string | null {
  try {
    if (process.platform !== "linux") throw new Error("only Linux keeps one in memory");
    mountSmallDisk(1).unmount();
    return null;
  } catch (error) {
    const why = `no full disk is tried, as none can be mounted: ${(error as Error).message}`;
    process.stderr.write(`${why}\n`);
    return why;
  }
}
