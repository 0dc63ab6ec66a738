import { desc, gt, sql } from "drizzle-orm";
import { workers } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { flagsStanding } from "@/server/entitlements";
import { engineKind, type Env } from "@/server/platform/env";
import type { Check } from "./check";
import { checkBilling, checkFlags, checkMail } from "./external-checks";

export interface Health {
  status: "ok" | "degraded" | "down";
  version: string;
  revision: string;
  checks: Record<"db" | "engine" | "flags" | "billing" | "mail", Check>;
}

// A worker marks itself as seen every few seconds; after this long without a mark it counts as gone.
const WORKER_SEEN_WITHIN_SECONDS = 15;

// Shorter than the time that load balancers give a probe (5 s as they come).
const ANSWER_WITHIN_MS = 3_000;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : "cannot be reached");

async function checkDatabase(database: Database): Promise<Check> {
  try {
    await withoutTenant({ database }, (tx) => tx.execute(sql`select 1`));
    return { status: "ok", detail: "answers" };
  } catch (error) {
    return { status: "down", detail: messageOf(error) };
  }
}

async function checkEngine(e: Env, database: Database): Promise<Check> {
  if (engineKind(e) === "inngest") return { status: "ok", detail: "Inngest" };
  try {
    const [latest] = await withoutTenant({ database }, (tx) =>
      tx
        .select({ seenAt: workers.seenAt })
        .from(workers)
        .where(gt(workers.seenAt, sql`now() - make_interval(secs => ${WORKER_SEEN_WITHIN_SECONDS})`))
        .orderBy(desc(workers.seenAt))
        .limit(1),
    );
    if (latest === undefined) return { status: "down", detail: "no worker of the embedded executor is alive" };
    return { status: "ok", detail: "embedded executor" };
  } catch (error) {
    return { status: "down", detail: messageOf(error) };
  }
}

/** A check's answer, or `down` without one in time: a database that is connected and silent holds up no probe. */
async function inTime(check: Promise<Check>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check>((resolve) => {
    const detail = `does not answer within ${ANSWER_WITHIN_MS / 1_000} s`;
    timer = setTimeout(() => resolve({ status: "down", detail }), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ready to serve: down without database or engine, degraded without flags, billing or mail. */
export async function checkHealth(e: Env, database: Database): Promise<Health> {
  const [db, engine, billing, mail] = await Promise.all([
    inTime(checkDatabase(database)),
    inTime(checkEngine(e, database)),
    checkBilling(e),
    checkMail(e),
  ]);
  const checks = { db, engine, flags: checkFlags(flagsStanding()), billing, mail };
  const isDown = db.status === "down" || engine.status === "down";
  const isDegraded = Object.values(checks).some((check) => check.status !== "ok");
  return {
    status: isDown ? "down" : isDegraded ? "degraded" : "ok",
    version: "0.1.0",
    revision: e.CONDUCTOR_REVISION,
    checks,
  };
}
