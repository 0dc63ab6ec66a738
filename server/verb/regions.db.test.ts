import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { createApiKey } from "@/server/api-keys";
import { inviteMember, listMembers, updateMember } from "@/server/members";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { ATTRIBUTES, twoStepDefinition } from "@/server/testing/definitions";
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
});
