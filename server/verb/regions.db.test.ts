import { describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import type { Role } from "@/policies/access/vocabulary";
import { createApiKey } from "@/server/api-keys";
import { decideBreakGlass, openBreakGlass } from "@/server/break-glass";
import { killAllTenants, killTenant, killWorkflow, listHolds } from "@/server/holds";
import { must } from "@/server/kernel/errors";
import { inviteMember, listMembers, updateMember } from "@/server/members";
import { findMembership, memberContext, tenantWith, userContext } from "@/server/testing/actors";
import { ATTRIBUTES, twoStepDefinition } from "@/server/testing/definitions";
import { makePublished } from "@/server/testing/workflows";
import { createWorkflow } from "@/server/workflows";

const db = useTestDatabase();
const UNKNOWN = {
  code: "Invalid",
  message: expect.stringContaining("There is no region mars here. There are: eu, us, apac.") as string,
};

describe("a region that the deployment does not have", () => {
  it("is given to nobody and nothing", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin", "workflow_author"]);
    const [admin, author] = [as.tenant_admin, as.workflow_author];
    const { rows } = await listMembers(admin, { limit: 10 });
    const memberId = rows.find(({ roles }) => roles.includes("workflow_author"))?.id ?? "";
    const region = "mars";
    await expect(inviteMember(admin, { email: "m@example.test", roles: ["operator"], region })).rejects.toMatchObject(
      UNKNOWN,
    );
    await expect(updateMember(admin, { memberId, region })).rejects.toMatchObject(UNKNOWN);
    await expect(createApiKey(admin, { name: "Key", roles: ["operator"], region })).rejects.toMatchObject(UNKNOWN);
    const definition = twoStepDefinition({ attributes: { ...ATTRIBUTES, region } });
    await expect(createWorkflow(author, { slug: "on-mars", definition: definition as never })).rejects.toMatchObject(
      UNKNOWN,
    );
    await updateMember(admin, { memberId, region: "us" });
  });

  it("lets whoever is of it do nothing, in words", async () => {
    const { tenant } = await tenantWith(db.database, ["tenant_admin"]);
    const lost = await memberContext(db.database, tenant, { roles: ["tenant_admin"], region: "mars" });
    await expect(listMembers(lost, { limit: 10 })).rejects.toMatchObject({
      ...{
        code: "Forbidden",
        message: expect.stringContaining("your region is none that this deployment has") as string,
      },
      details: { failed: ["principal.region"] },
    });
  });

  const reason = "Its region is gone";
  const LOST = { code: "Forbidden", details: { failed: ["principal.region"] } };

  it.each([
    ["conductor-governance-internal", true],
    ["conductor-governance-saas", true],
    ["conductor-governance-white-label", false],
  ] as const)(
    "under %s leaves the kill to operators, where it took all administrators",
    async (profile, isOneEnough) => {
      const tenant = await makeTenant(db.database, { profile });
      const of = (role: Role, region: string) => memberContext(db.database, tenant, { roles: [role], region });
      for (const role of ["tenant_admin", "conductor_admin"] as const)
        await expect(killTenant(await of(role, "mars"), { reason })).rejects.toMatchObject(LOST);
      const people = {
        workflow_author: await of("workflow_author", "eu"),
        workflow_reviewer: await of("workflow_reviewer", "eu"),
      };
      const { workflowId } = await makePublished(people);
      const operator = await of("operator", "eu");
      await killWorkflow(operator, { workflowId, reason });
      const all = killTenant(operator, { reason });
      if (isOneEnough) await all;
      else {
        await expect(all).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["break_glass"] } });
        const { grantId } = await openBreakGlass(operator, { reason, reference: "INC-1", minutes: 5 });
        await decideBreakGlass(await of("operator", "eu"), { grantId, verdict: "approved" });
        const self = userContext(db.database, { id: operator.principal.id, email: "o@example.test", name: "O" });
        await killTenant(must(await findMembership(self, tenant.slug), "the operator is a member"), { reason });
      }
      const scopes = (await listHolds(operator, {})).map(({ scope }) => scope);
      expect(scopes.sort()).toEqual(["tenant", "workflow"]);
    },
  );

  it("leaves a tenant of which it took everybody to the kill of all tenants", async () => {
    const tenant = await makeTenant(db.database);
    for (const role of ["operator", "tenant_admin", "conductor_admin"] as const) {
      const lost = await memberContext(db.database, tenant, { roles: [role], region: "mars" });
      await expect(killTenant(lost, { reason })).rejects.toMatchObject(LOST);
    }
    const operating = await makeTenant(db.database, { isOperator: true });
    const conductor = await memberContext(db.database, operating, { roles: ["conductor_admin"] });
    await killAllTenants(conductor, { reason });
    const reader = await memberContext(db.database, tenant, { roles: ["read_only"] });
    expect(await listHolds(reader, {})).toMatchObject([{ kind: "kill", reason }]);
  });
});
