import pg from "pg";
import { describe, expect, it } from "vitest";
import { keepMessage } from "@/db/messages";
import { OUTBOX_DAYS, purgeExpired as purge } from "@/db/purge-expired";
import { takeAllowance } from "@/db/rate-limits";
import { messages, rateLimits, verificationTokens } from "@/db/schema";
import { type Tx, withoutTenant } from "@/db/tenancy";
import { makeUser } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { findSession } from "@/server/auth/session";
import { SESSION_SECONDS, startSession } from "@/server/auth/start-session";
import { fixedClock, systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { authDeps } from "@/server/testing/sign-in";
import { pump } from "../engine";
import { quietClient, workbench } from "../engine/testing/workbench";
import { purgeExpired } from "./purge-expired";

const db = useTestDatabase();
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ago = (ms: number) => new Date(Date.now() - ms);

/** A session that a person started so long ago; returns its token. */
async function sessionStarted(startedAt: Date): Promise<string> {
  const { call } = authDeps(db.database, {});
  const user = await makeUser(db.database);
  return (await startSession({ ...call, clock: fixedClock(startedAt) }, user.id, null)).token;
}

const plant = (work: (tx: Tx) => Promise<unknown>) => withoutTenant({ database: db.database }, work);
const message = { channel: "email" as const, recipient: "a@example.test", subject: "s", text: "t", html: null };

describe("purge-expired", () => {
  it("deletes each night what has expired, and leaves what has not", async () => {
    const bench = workbench(db);
    const { call, env } = authDeps(db.database, {});
    const almost = await sessionStarted(ago(SESSION_SECONDS * 1_000 - MINUTE_MS));
    await sessionStarted(ago(SESSION_SECONDS * 1_000 + MINUTE_MS));
    const link = { identifier: "a@example.test" };
    await plant((tx) =>
      tx.insert(verificationTokens).values([
        { ...link, token: "live", expires: ago(-MINUTE_MS) },
        { ...link, token: "over", expires: ago(MINUTE_MS) },
      ]),
    );
    await takeAllowance(db.database, "spent", { perMinute: 1, burst: 1 });
    await plant((tx) => tx.insert(rateLimits).values({ key: "whole", tat: ago(MINUTE_MS) }));
    await keepMessage({ database: db.database, newId }, message);
    const old = { id: newId("message"), createdAt: ago(OUTBOX_DAYS * DAY_MS + MINUTE_MS) };
    await plant((tx) => tx.insert(messages).values({ ...message, ...old }));

    const client = quietClient();
    const deps = { client, database: db.database, clock: systemClock, newId, env };
    const engine = await bench.engine(client, [purgeExpired(deps)]);
    bench.advance(DAY_MS);
    await pump(engine);

    expect(await bench.runs("conductor-purge-expired")).toMatchObject([
      { status: "completed", result: { sessions: 1, verificationTokens: 1, rateLimits: 1, messages: 1 } },
    ]);
    expect(await findSession(call, almost, null)).not.toBeNull();
    expect(await bench.query("select token from verification_tokens")).toEqual([{ token: "live" }]);
    expect(await takeAllowance(db.database, "spent", { perMinute: 1, burst: 1 })).toBeGreaterThan(0);
    expect(await bench.query("select key from rate_limits")).toEqual([{ key: "spent" }]);
    expect(await bench.query("select 1 as one from messages")).toEqual([{ one: 1 }]);
  });

  it("deletes more than one batch", async () => {
    await workbench(db).query(
      "insert into rate_limits (key, tat) select 'many:' || n, now() - interval '1 s' from generate_series(1, 2500) n",
    );
    expect(await purge(db.database)).toMatchObject({ rateLimits: 2500 });
  });

  it("leaves a row that is renewed while it waits for it", async () => {
    await plant((tx) => tx.insert(rateLimits).values({ key: "renewed", tat: ago(MINUTE_MS) }));
    const other = new pg.Client({ connectionString: db.ownerUrl });
    await other.connect();
    try {
      await other.query("begin");
      await other.query("update rate_limits set tat = now() + interval '1 h' where key = 'renewed'");
      const purging = purge(db.database);
      const waiting = `select 1 as one from pg_stat_activity where datname = current_database()
        and wait_event_type = 'Lock' and query like '%rate_limits%'`;
      await expect.poll(() => workbench(db).query(waiting)).toEqual([{ one: 1 }]);
      await other.query("commit");
      expect(await purging).toMatchObject({ rateLimits: 0 });
    } finally {
      await other.end();
    }
  });
});
