import { env } from "@/server/platform/env";
import { createDatabase, type Database, databaseUrls } from "./client";

// On globalThis, as Next's server loads this module once per bundle and every copy would open pools of its own.
const holder = globalThis as typeof globalThis & { conductorDatabase?: Database };

/** The pools of this process, opened on first use from the environment. */
export function processDatabase(): Database {
  holder.conductorDatabase ??= createDatabase(databaseUrls(env()), env());
  return holder.conductorDatabase;
}
