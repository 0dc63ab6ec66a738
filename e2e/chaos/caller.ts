import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const ending = (port: number) => `:${port.toString(16).toUpperCase().padStart(4, "0")}`;

/** From /proc/net/tcp: addresses as hex, the socket's inode in the tenth column. */
function inodeOf({ from, to }: Line): string | null {
  const lines = readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  return lines.find(([, local, remote]) => local?.endsWith(ending(from)) && remote?.endsWith(ending(to)))?.[9] ?? null;
}

function holds(pid: number, inode: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => {
      try {
        return readlinkSync(`${folder}/${fd}`) === `socket:[${inode}]`;
      } catch {
        // Closed while it was looked at.
        return false;
      }
    });
  } catch {
    // The process has ended.
    return false;
  }
}

/** A connection between two ports of this machine. */
export interface Line {
  from: number;
  to: number;
}

/** Which of these processes holds the near end of a line, as the kernel knows it; null when none of them does. */
export function callerAt(line: Line, pids: readonly number[]): number | null {
  const inode = inodeOf(line);
  return inode === null ? null : (pids.find((pid) => holds(pid, inode)) ?? null);
}
