import { env } from "@/server/platform/env";
import { createDatabase, type Database, databaseUrls } from "./client";

// On globalThis, as Next's server loads this module once per bundle and every copy would open pools of its own.
const holder = globalThis as typeof globalThis & { conductorDatabase?: Database };

/**
 * After so long nobody waits for a page any more, as proxies give up too: what takes longer has most likely met a
 * connection whose other end is gone.
 */
const ANSWER_WITHIN_MS = 60_000;

/** The pools of this process, opened on first use from the environment. */
export function processDatabase(): Database {
  holder.conductorDatabase ??= createDatabase(databaseUrls(env()), env(), { answerWithinMs: ANSWER_WITHIN_MS });
  return holder.conductorDatabase;
}
