import { createServer, type AddressInfo, type Server } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDatabase, type Database, databaseUrls } from "@/db/client";
import { parseEnv } from "@/server/platform/env";
import { checkHealth } from "./check-health";

let silent: Server;
let database: Database;
let env: ReturnType<typeof parseEnv>;

// Takes connections and says nothing, as a Postgres behind a network that swallows everything.
beforeEach(async () => {
  silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo;
  env = parseEnv({
    CONDUCTOR_SECRET: "a secret of tests, at least 32 characters long",
    DATABASE_URL: `postgres://nobody:nothing@127.0.0.1:${port}/none`,
  });
  database = createDatabase(databaseUrls(env), env);
});

afterEach(async () => {
  silent.close();
  await database.end();
});

it("says that a database is down which is connected and silent, instead of waiting for it", async () => {
  const { status, checks } = await checkHealth(env, database);
  expect(status).toBe("down");
  expect(checks.db).toMatchObject({ status: "down", detail: expect.stringContaining("within 3 s") as string });
});
