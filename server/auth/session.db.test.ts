import { describe, expect, it } from "vitest";
import { makeMember, makeTenant, makeUser } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { userContext } from "@/server/testing/actors";
import { findSession } from "./session";
import { startSession } from "./start-session";

const db = useTestDatabase();

/** Somebody signed in, who looks again at where they may go. */
async function signIn() {
  const clock = fixedClock(new Date());
  const person = await makeUser(db.database);
  const call = userContext(db.database, person, clock);
  const { token } = await startSession(call, person.id, null);
  return { clock, person, look: () => findSession(call, token, null) };
}

describe("findSession", () => {
  it("lists by name the tenants that the person is a member of, with their rights, and no others", async () => {
    const { person, look } = await signIn();
    const [second, first, foreign] = [
      await makeTenant(db.database, { name: "Beta" }),
      await makeTenant(db.database, { name: "Alpha" }),
      await makeTenant(db.database),
    ];
    await makeMember(db.database, second.tenantId, person.id, { roles: ["operator"] });
    await makeMember(db.database, first.tenantId, person.id, { roles: ["read_only"] });
    await makeMember(db.database, foreign.tenantId, (await makeUser(db.database)).id, { roles: ["operator"] });
    const { tenants } = must(await look(), "the session is live");
    expect(tenants.map(({ tenant, principal }) => [tenant.name, principal.roles])).toEqual([
      ["Alpha", ["read_only"]],
      ["Beta", ["operator"]],
    ]);
    expect(tenants[0]).toMatchObject({ tenantId: first.tenantId, principal: { tenantId: first.tenantId } });
  });

  it("knows a person who is in no tenant", async () => {
    const { person, look } = await signIn();
    expect(await look()).toMatchObject({ user: { id: person.id, email: person.email }, tenants: [] });
  });

  it("finds nobody once the session has expired", async () => {
    const { clock, look } = await signIn();
    clock.advance(60 * 86_400_000);
    expect(await look()).toBeNull();
  });
});
