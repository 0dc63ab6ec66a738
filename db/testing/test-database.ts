import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { createDatabase, type Database, databaseUrls } from "../client";
import { parseEnv } from "@/server/platform/env";
import { cloneDatabase, TEST_SECRET } from "./cluster";

export interface TestDatabase {
  /** Both roles' pools on a clone of the migrated template. */
  readonly database: Database;
  /** The clone as superuser: for planting what the product could not. */
  readonly ownerUrl: string;
}

/** A database of this test file's own, cloned before its tests and closed after them. */
export function useTestDatabase(): TestDatabase {
  const current: { database?: Database; ownerUrl?: string } = {};
  beforeAll(async () => {
    const name = `t_${randomBytes(6).toString("hex")}`;
    current.ownerUrl = await cloneDatabase(inject("templateUrl"), name);
    const env = parseEnv({
      CONDUCTOR_SECRET: TEST_SECRET,
      DATABASE_URL: current.ownerUrl,
      NEON_WS_PROXY: inject("neonProxy"),
    });
    current.database = createDatabase(databaseUrls(env), env);
  });
  afterAll(async () => {
    await current.database?.end();
  });
  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("the test database is open only inside tests");
    return value;
  };
  return {
    get database() {
      return opened(current.database);
    },
    get ownerUrl() {
      return opened(current.ownerUrl);
    },
  };
}
