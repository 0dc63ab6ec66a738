import { and, desc, eq, isNull } from "drizzle-orm";
import { mitigations } from "@/db/schema";
import { defineRead, type Scope } from "@/server/verb";
import { leverWords } from "./domain/mitigation";
import { listMitigationsSchema } from "./schemas";

/** How many an incident shows. */
const MOST = 100;

type Row = typeof mitigations.$inferSelect;

const mitigationDto = ({ tenantId: _own, lever, appliedAt, expiresAt, endedAt, judgedAt, ...rest }: Row) => ({
  ...rest,
  ...{ lever, words: leverWords(lever) },
  ...{ appliedAt: appliedAt.toISOString(), expiresAt: expiresAt.toISOString() },
  ...{ endedAt: endedAt?.toISOString() ?? null, judgedAt: judgedAt?.toISOString() ?? null },
});

/** What was done about an incident, newest first; or all that is on in the tenant now. */
export const listMitigations = defineRead({
  action: "incident.read",
  input: listMitigationsSchema,
  load: async ({ ctx }: Scope) => ({
    resource: { subject: "incident" as const, tenantId: ctx.tenantId },
    subject: `tenant:${ctx.tenantId}`,
  }),
  read: async ({ ctx, tx }, { incidentId }) => {
    const which = incidentId === undefined ? isNull(mitigations.endedAt) : eq(mitigations.incidentId, incidentId);
    const rows = await tx
      .select()
      .from(mitigations)
      .where(and(eq(mitigations.tenantId, ctx.tenantId), which))
      .orderBy(desc(mitigations.appliedAt), desc(mitigations.id))
      .limit(MOST);
    return { rows: rows.map(mitigationDto) };
  },
});
