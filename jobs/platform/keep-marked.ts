import { hostname } from "node:os";
import type { Database } from "@/db/client";
import { processDatabase } from "@/db/process-database";
import { markProcess, runningCode } from "@/server/drift";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { decisionTeller } from "@/server/slos";
import { env } from "@/server/platform/env";
import { log } from "@/server/platform/log";

/** Milliseconds between two marks; a process that has left out several counts as gone. */
const EVERY_MS = 15_000;

interface Options {
  database: Database;
  kind: "web" | "worker";
  /** Build of its code. */
  revision: string;
}

/**
 * Says every few seconds that this process is there and what it runs, and tells of the decisions it has taken. A database
 * that is away is only tried again.
 */
export function keepMarked({ database, kind, revision }: Options): { stop: () => void } {
  const facts = { id: newId("process"), kind, host: hostname(), pid: process.pid, startedAt: systemClock.now() };
  const tell = decisionTeller({ database, clock: systemClock }, facts.id);
  const mark = () =>
    markProcess(database, { ...facts, ...runningCode(revision) }, systemClock.now()).catch((error: unknown) => {
      log().debug({ err: error }, "this process could not say that it is there");
    });
  void mark();
  const timer = setInterval(() => void Promise.all([mark(), tell()]), EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** The same for a web server, which goes on until its process ends. */
export const keepWebMarked = (): void => {
  keepMarked({ database: processDatabase(), kind: "web", revision: env().CONDUCTOR_REVISION });
};
