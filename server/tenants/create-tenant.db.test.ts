import { describe, expect, it } from "vitest";
import { makeUser, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { must } from "@/server/kernel/errors";
import { findMembership, userContext } from "@/server/testing/actors";
import { expectReceipt, recordedEvents } from "@/server/testing/records";
import { createTenant, listOwnTenants } from "./index";

const db = useTestDatabase();

describe("createTenant", () => {
  it("makes the caller its first member and leaves receipt and event", async () => {
    const founder = userContext(db.database, await makeUser(db.database));
    const slug = unique("acme");
    const made = await createTenant(founder, { name: "  Acme  ", slug });
    const ctx = must(await findMembership(founder, slug), "the founder is a member");
    expect(ctx.tenant.name).toBe("Acme");
    expect(ctx.principal.roles).toEqual(["tenant_admin", "workflow_author"]);
    await expectReceipt(ctx, "tenant.create", `tenant:${made.tenantId}`);
    expect(await recordedEvents(db.ownerUrl, made.tenantId)).toEqual(["tenant.created"]);
    expect(await listOwnTenants(founder, {})).toEqual([
      { slug, name: "Acme", roles: ["tenant_admin", "workflow_author"] },
    ]);
  });

  it("gives a slug to one of two who race for it", async () => {
    const slug = unique("race");
    const people = [await makeUser(db.database), await makeUser(db.database)];
    const tries = people.map((person) => createTenant(userContext(db.database, person), { name: "Race", slug }));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
  });

  it("names the field and what would be accepted", async () => {
    const founder = userContext(db.database, await makeUser(db.database));
    const attempt = createTenant(founder, { name: "Acme", slug: "No Good!" });
    await expect(attempt).rejects.toMatchObject({
      code: "Invalid",
      details: { fields: [{ path: "slug", message: expect.stringContaining("lower-case") as string }] },
    });
  });

  it("refuses keys it does not know", async () => {
    const founder = userContext(db.database, await makeUser(db.database));
    const smuggled = { name: "Acme", slug: unique("acme"), isOperator: true } as { name: string; slug: string };
    await expect(createTenant(founder, smuggled)).rejects.toMatchObject({ code: "Invalid" });
  });
});
