import { createServer, connect, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { parseEnv } from "@/server/platform/env";
import { createDatabase, type Database, databaseUrls } from "./client";
import { newId } from "@/server/kernel/ids";
import { oneStatement, type Tx, withoutTenant, withTenant, withTenantStatement } from "./tenancy";
import { TEST_SECRET } from "./testing/cluster";
import { useTestDatabase } from "./testing/test-database";

const db = useTestDatabase();
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The database behind a wire that can fall silent: nothing is answered on it and nothing is closed. */
async function wire(): Promise<{ database: Database; fallSilent: () => void }> {
  const target = new URL(db.ownerUrl);
  const open = new Set<[Socket, Socket]>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    near.pipe(far).pipe(near);
    for (const side of [near, far]) side.on("error", () => undefined);
    open.add([near, far]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const behind = Object.assign(new URL(db.ownerUrl), { hostname: "127.0.0.1", port: String(port) }).toString();
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: behind, DATABASE_POOL_MAX: "1" });
  const database = createDatabase(databaseUrls(env), env, { answerWithinMs: 200 });
  closing.push(
    () => {
      for (const sides of open) for (const side of sides) side.destroy();
      server.close();
    },
    () => database.end(),
  );
  const fallSilent = () => {
    for (const [near, far] of open) {
      far.unpipe(near);
      near.unpipe(far);
    }
  };
  return { database, fallSilent };
}

const one = async (tx: Tx) => (await tx.execute(sql`select 1 as one`)).rows;

describe("a connection whose other end says nothing any more", () => {
  const tenantId = newId("tenant");
  it.each([
    ["a transaction of a tenant", (database: Database) => withTenant({ database, tenantId }, one)],
    ["a transaction without one", (database: Database) => withoutTenant({ database }, one)],
    ["a transaction of one trip", (database: Database) => withTenantStatement({ database, tenantId }, one)],
    ["a statement alone", (database: Database) => oneStatement({ database }, one)],
  ])("ends %s as unavailable, and the next one has another connection", async (_name, ask) => {
    const { database, fallSilent } = await wire();
    expect(await ask(database)).toEqual([{ one: 1 }]);
    fallSilent();
    await expect(ask(database)).rejects.toMatchObject({ code: "Unavailable" });
    expect(await ask(database)).toEqual([{ one: 1 }]);
  });
});
