import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

function busyTicks(): number {
  const fields = (readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "").trim().split(/\s+/).slice(1).map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = fields;
  return user + nice + system + irq + softirq;
}

interface ProcessTicks {
  parent: number;
  ticks: number;
}

function allProcesses(): Map<number, ProcessTicks> {
  const processes = new Map<number, ProcessTicks>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // Counted from the state field: parent 1, user and system time 11 and 12, those of ended children 13 and 14.
      const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
      processes.set(Number(name), { parent: Number(fields[1]), ticks });
    } catch {
      // It ended while we looked.
    }
  }
  return processes;
}

/** CPU time of this process and everything it started. */
function ownTicks(): number {
  const processes = allProcesses();
  const isOwn = (pid: number): boolean => {
    if (pid === process.pid) return true;
    const parent = processes.get(pid)?.parent ?? 0;
    return parent > 1 && isOwn(parent);
  };
  return [...processes].filter(([pid]) => isOwn(pid)).reduce((sum, [, { ticks }]) => sum + ticks, 0);
}

/** Begins to watch; the function it gives tells how many cores other processes used since, on average. */
export function watchForeignCpu(): () => number {
  const [startedAt, busy, own] = [performance.now(), busyTicks(), ownTicks()];
  return () => {
    const seconds = (performance.now() - startedAt) / 1_000;
    const foreign = busyTicks() - busy - (ownTicks() - own);
    return Math.max(0, foreign / TICKS_PER_SECOND / seconds);
  };
}
