import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { findings, tenants, users } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { env } from "@/server/platform/env";
import { isSettled, type Severity, ticketOf } from "./domain/finding";

/** What the mail to an administrator about an overdue finding says. */
export interface FindingLetter {
  to: string;
  tenantName: string;
  ticket: string;
  title: string;
  severity: Severity;
  dueAt: Date;
  url: string;
}

/** The mail about a finding that is overdue; null once nobody has to do anything about it. */
export async function composeFindingLetter(
  database: Database,
  { tenantId, findingId, userId }: { tenantId: string; findingId: string; userId: string },
): Promise<FindingLetter | null> {
  return withTenant({ database, tenantId }, async (tx) => {
    const [found] = await tx
      .select({ finding: findings, tenant: tenants, email: users.email })
      .from(findings)
      .innerJoin(tenants, eq(tenants.tenantId, findings.tenantId))
      .innerJoin(users, eq(users.id, userId))
      .where(and(eq(findings.tenantId, tenantId), eq(findings.id, findingId)));
    if (found === undefined || isSettled(found.finding.status)) return null;
    const { finding, tenant, email } = found;
    const url = new URL(`/t/${tenant.slug}/findings/${findingId}`, env().CONDUCTOR_PUBLIC_URL).href;
    const { title, severity, dueAt, number } = finding;
    return { to: email, tenantName: tenant.name, ticket: ticketOf(number), title, severity, dueAt, url };
  });
}
