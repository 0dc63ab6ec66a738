import { and, asc, desc, eq, inArray, lt } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { auditChecks, audits, evidenceItems } from "@/db/schema";
import { must } from "@/server/kernel/errors";
import { nameReferences } from "@/server/receipts";
import { defineRead, type Scope } from "@/server/verb";
import { CHECKS } from "./domain/check";
import { loadAudit, loadAudits } from "./load";
import { auditSchema, listAuditsSchema } from "./schemas";

/** The checks of some audits in the order in which they run. */
const checksOf = ({ ctx, tx }: Pick<Scope, "ctx" | "tx">, auditIds: string[]) =>
  tx
    .select()
    .from(auditChecks)
    .where(and(eq(auditChecks.tenantId, ctx.tenantId), inArray(auditChecks.auditId, auditIds)))
    .orderBy(asc(auditChecks.place));

type CheckRow = typeof auditChecks.$inferSelect;

async function dtosOf(scope: Scope, rows: (typeof audits.$inferSelect)[], checks: CheckRow[]) {
  const names = await nameReferences(
    scope,
    rows.map(({ startedBy }) => startedBy),
  );
  return rows.map(({ id, startedBy, startedAt, endedAt, verdict, reportDigest, bundleId }) => {
    const own = checks.filter(({ auditId }) => auditId === id);
    return {
      ...{ id, verdict, reportDigest, bundleId, startedByName: names.get(startedBy)?.name ?? startedBy },
      ...{ startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null },
      ...{ done: own.filter(({ state }) => state !== "waiting").length, total: own.length },
    };
  });
}

/** Audits of the product, newest first, each with how far it is. */
export const listAudits = defineRead({
  action: "audit.read",
  input: listAuditsSchema,
  load: loadAudits,
  read: async (scope, { limit, cursor }) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select()
      .from(audits)
      .where(and(eq(audits.tenantId, ctx.tenantId), cursor === undefined ? undefined : lt(audits.id, cursor)))
      .orderBy(desc(audits.id))
      .limit(limit + 1);
    const page = toPageById(rows, limit);
    const checks = await checksOf(
      scope,
      page.rows.map(({ id }) => id),
    );
    return { nextCursor: page.nextCursor, rows: await dtosOf(scope, page.rows, checks) };
  },
});

/** One audit with what each of its checks found. Throws NotFound. */
export const getAudit = defineRead({
  action: "audit.read",
  input: auditSchema,
  load: loadAudit,
  read: async (scope, { auditId }, { row }) => {
    const checks = await checksOf(scope, [auditId]);
    const [dto] = await dtosOf(scope, [row], checks);
    const { kind, subject, id } = evidenceItems;
    const [report] = await scope.tx
      .select({ id })
      .from(evidenceItems)
      .where(and(eq(evidenceItems.tenantId, scope.ctx.tenantId), eq(kind, "audit-report"), eq(subject, auditId)));
    const words = checks.map(({ checkId, state, result }) => {
      const { title = checkId, about = "" } = CHECKS.find(({ id }) => id === checkId) ?? {};
      return { id: checkId, title, about, state, found: result?.found ?? [] };
    });
    return { ...must(dto, "one row has one DTO"), evidenceId: report?.id ?? null, checks: words };
  },
});
