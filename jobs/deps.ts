import type { Inngest } from "inngest";
import type { Database } from "@/db/client";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import type { Env } from "@/server/platform/env";

/** What the functions are made with, so that a test makes them on its own database and clock. */
export interface JobDeps {
  client: Inngest;
  database: Database;
  clock: Clock;
  newId: NewId;
  env: Env;
}
