import { and, eq, isNull } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { remediationTasks } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { grantPlanTo, makeTenant, makeUser, type MadeTenant, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { createTenant } from "@/server/tenants";
import { findMembership, memberContext, userContext } from "@/server/testing/actors";
import type { TenantContext } from "@/server/verb";
import { detectDrift, findDrift, runningCode } from "..";

/** A deployment with its operating tenant, the database's owner to plant differences as, and looks at what differs. */
export function useDriftWorld() {
  const db = useTestDatabase();
  const clock = fixedClock(new Date());
  const code = runningCode("build-1");
  const made: { owner?: pg.Client; operating?: MadeTenant; admin?: TenantContext } = {};
  beforeAll(async () => {
    made.owner = new pg.Client({ connectionString: db.ownerUrl });
    await made.owner.connect();
    made.operating = await makeTenant(db.database, { isOperator: true });
    made.admin = await memberContext(db.database, made.operating, { roles: ["tenant_admin"] }, clock);
  });
  afterAll(() => made.owner?.end());
  const ctx = () => ({ database: db.database, clock, newId, requestId: newId("request"), code });
  return {
    ...{ db, clock, code, ctx },
    look: () => detectDrift(ctx()),
    find: async () => (await findDrift({ database: db.database, now: clock.now(), code })).differences,
    openOf: (tenantId: string) =>
      withTenant({ ...db, tenantId }, (tx) =>
        tx
          .select()
          .from(remediationTasks)
          .where(and(eq(remediationTasks.tenantId, tenantId), isNull(remediationTasks.closedAt)))
          .orderBy(remediationTasks.openedAt),
      ),
    /** A tenant as the product makes it, with its founder. */
    foundedTenant: async () => {
      const founder = userContext(db.database, await makeUser(db.database), clock);
      const slug = unique("founded");
      const { tenantId } = await createTenant(founder, { name: "Founded", slug });
      await grantPlanTo(db.database, tenantId, "enterprise");
      return { tenantId, slug, ctx: must(await findMembership(founder, slug), "the founder is a member") };
    },
    get owner() {
      return must(made.owner, "the world is open only inside tests");
    },
    get operating() {
      return must(made.operating, "the world is open only inside tests");
    },
    get admin() {
      return must(made.admin, "the world is open only inside tests");
    },
  };
}
