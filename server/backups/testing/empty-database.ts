import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { cloneDatabase } from "@/db/testing/cluster";

/** Another database of the same server, migrated and empty, as superuser. */
export const emptyDatabase = (): Promise<string> =>
  cloneDatabase(inject("templateUrl"), `t_${randomBytes(6).toString("hex")}`);
