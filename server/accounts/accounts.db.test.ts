import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { users } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { makeUser } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { findSession } from "@/server/auth/session";
import { startSession } from "@/server/auth/start-session";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { userContext } from "@/server/testing/actors";
import { getProfile, listSessions, revokeOtherSessions, revokeSession, updateProfile } from "./index";

const db = useTestDatabase();

/** A person signed in on two devices. */
async function setUp() {
  const clock = fixedClock(new Date());
  const person = await makeUser(db.database);
  const call = userContext(db.database, person, clock);
  const here = await startSession(call, person.id, "Firefox on Linux");
  const there = await startSession(call, person.id, "A phone");
  const enter = (token: string) => findSession(call, token, null);
  const me = must(await enter(here.token), "the session just started is found");
  return { clock, me, here, there, enter };
}

describe("listSessions", () => {
  it("shows the caller's own live sessions and which one asks", async () => {
    const { me } = await setUp();
    const listed = await listSessions(me, {});
    expect(listed.map(({ userAgent, isCurrent }) => ({ userAgent, isCurrent }))).toEqual(
      expect.arrayContaining([
        { userAgent: "Firefox on Linux", isCurrent: true },
        { userAgent: "A phone", isCurrent: false },
      ]),
    );
    expect(listed).toHaveLength(2);
    expect(JSON.stringify(listed)).not.toMatch(/token/i);
  });

  it("leaves out what has expired", async () => {
    const { me, clock } = await setUp();
    clock.advance(14 * 86_400_000);
    expect(await listSessions(me, {})).toEqual([]);
  });
});

describe("revokeSession", () => {
  it("signs that session out from its next request on", async () => {
    const { me, here, there, enter } = await setUp();
    const other = must(
      (await listSessions(me, {})).find((session) => !session.isCurrent),
      "there is another session",
    );
    await revokeSession(me, { sessionId: other.id });
    expect(await enter(there.token)).toBeNull();
    expect(await enter(here.token)).not.toBeNull();
    await expect(revokeSession(me, { sessionId: other.id })).rejects.toMatchObject({ code: "NotFound" });
  });

  it("answers someone else's session like one that never was", async () => {
    const { me, here, enter } = await setUp();
    const stranger = await setUp();
    const attempt = revokeSession(stranger.me, { sessionId: me.actor.sessionId });
    await expect(attempt).rejects.toMatchObject({ code: "NotFound", message: "No such session." });
    expect(await enter(here.token)).not.toBeNull();
  });
});

describe("revokeOtherSessions", () => {
  it("keeps only the session that asks, and no other person's", async () => {
    const { me, here, there, enter } = await setUp();
    const stranger = await setUp();
    expect(await revokeOtherSessions(me, {})).toEqual({ ended: 1 });
    expect(await enter(there.token)).toBeNull();
    expect(await enter(here.token)).not.toBeNull();
    expect(await enter(stranger.there.token)).not.toBeNull();
  });
});

describe("updateProfile", () => {
  it("changes the name that the next request sees", async () => {
    const { me, here, enter } = await setUp();
    await updateProfile(me, { name: "  Grace Hopper " });
    const again = must(await enter(here.token), "still signed in");
    expect(await getProfile(again, {})).toMatchObject({ id: me.user.id, email: me.user.email, name: "Grace Hopper" });
  });

  it.each([{ role: "owner" }, { email: "other@example.test" }, { id: "usr_x" }])(
    "refuses %j besides the name",
    async (extra) => {
      const { me } = await setUp();
      const smuggled = { name: "Grace", ...extra };
      await expect(updateProfile(me, smuggled)).rejects.toMatchObject({ code: "Invalid" });
      const [row] = await withoutTenant(me, (tx) => tx.select().from(users).where(eq(users.id, me.user.id)));
      expect(row?.name).toBe(me.user.name);
    },
  );
});
