import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audits, findings } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { linkIn, type SmtpSandbox, startSmtpSandbox } from "@/e2e/sandbox/smtp";
import { newId } from "@/server/kernel/ids";
import { listNotifications, tellOfFinding } from "@/server/notifications";
import { systemClock } from "@/server/kernel/clock";
import { tenantWith } from "@/server/testing/actors";
import { authDeps } from "@/server/testing/sign-in";
import type { TenantContext } from "@/server/verb";
import { mailOverdue } from "./tend-findings";

const db = useTestDatabase();
let smtp: SmtpSandbox;
beforeAll(async () => {
  smtp = await startSmtpSandbox();
});
afterAll(() => smtp.stop());

const emailOf = ({ actor }: TenantContext) => (actor.kind === "user" ? actor.email : "");

/** A finding of yesterday that an operator owns. */
async function overdue() {
  const { tenant, as } = await tenantWith(db.database, ["tenant_admin", "operator", "read_only"]);
  const { tenantId } = tenant;
  const [auditId, findingId, at] = [newId("audit"), newId("finding"), new Date(Date.now() - 86_400_000)];
  await withTenant({ ...db, tenantId }, async (tx) => {
    await tx.insert(audits).values({ tenantId, id: auditId, startedBy: "system", startedAt: at });
    await tx.insert(findings).values({
      ...{ tenantId, id: findingId, number: 7, key: "slos-counted", checkId: "slo-configs", control: "MC-LM-04" },
      ...{ severity: "high", title: "Not counted", detail: "An hour is missing.", remedy: "Count it.", status: "open" },
      ...{ auditId, evidenceDigest: "a".repeat(64), ownerId: as.operator.principal.id },
      ...{ openedAt: at, seenAt: at, dueAt: at },
    });
  });
  return { as, tenantId, findingId };
}

describe("an overdue finding", () => {
  it("is told to its owner and to administrators, in the app and by a mail that leads to it", async () => {
    const { as, tenantId, findingId } = await overdue();
    const told = await tellOfFinding({ ...db, clock: systemClock, newId, tenantId }, { findingId, stage: 1 });
    expect(told.sort()).toEqual([as.operator.principal.id, as.tenant_admin.principal.id].sort());
    expect((await listNotifications(as.read_only, {})).rows).toEqual([]);
    const deps = { database: db.database, env: authDeps(db.database, { SMTP_URL: smtp.url }).env };
    for (const userId of told) expect(await mailOverdue(deps, { tenantId, findingId, userId })).toBe("sent");
    for (const person of [as.operator, as.tenant_admin]) {
      expect((await listNotifications(person, {})).rows).toMatchObject([{ title: "F-7 is overdue: Not counted" }]);
      expect(linkIn(await smtp.nextTo(emailOf(person)))).toMatch(new RegExp(`/findings/${findingId}$`));
    }
  });

  it("is mailed to nobody once it is closed", async () => {
    const { as, tenantId, findingId } = await overdue();
    const closed = { status: "closed", closedAt: new Date(), closedBy: "user:x" } as const;
    await withTenant({ ...db, tenantId }, (tx) => tx.update(findings).set(closed).where(eq(findings.id, findingId)));
    const { env } = authDeps(db.database, { SMTP_URL: smtp.url });
    const userId = as.operator.principal.id;
    expect(await mailOverdue({ database: db.database, env }, { tenantId, findingId, userId })).toBe("settled");
  });

  it("waits for a mail server that is away", async () => {
    const { as, tenantId, findingId } = await overdue();
    const { env } = authDeps(db.database, { SMTP_URL: "smtp://127.0.0.1:1" });
    const userId = as.operator.principal.id;
    await expect(mailOverdue({ database: db.database, env }, { tenantId, findingId, userId })).rejects.toThrow();
  });
});
