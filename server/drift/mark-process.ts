import { lt } from "drizzle-orm";
import { processes } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { decisionTimes } from "@/server/verb";
import type { RunningCode } from "./running-code";

/** Milliseconds after which nobody wants to know any more that a process was there. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

export interface ProcessMark extends RunningCode {
  id: string;
  kind: "web" | "worker";
  host: string;
  pid: number;
  startedAt: Date;
}

/** Says that a process is there, what it runs, and how long its decisions have taken. May be repeated, and is, every few seconds. */
export async function markProcess(database: Database, mark: ProcessMark, now: Date): Promise<void> {
  const row = { ...mark, seenAt: now, decisionTimes: decisionTimes() };
  await withoutTenant({ database }, async (tx) => {
    await tx.insert(processes).values(row).onConflictDoUpdate({ target: processes.id, set: row });
    await tx.delete(processes).where(lt(processes.seenAt, new Date(now.getTime() - FORGOTTEN_AFTER_MS)));
  });
}
