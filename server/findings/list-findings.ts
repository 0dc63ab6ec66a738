import { and, eq, inArray, notInArray, type SQL } from "drizzle-orm";
import { findings } from "@/db/schema";
import { defineRead } from "@/server/verb";
import { SEVERITIES, SETTLED } from "./domain/finding";
import { findingDto, loadFinding, loadFindings, selectFindings } from "./load";
import { findingSchema, listFindingsSchema } from "./schemas";

const STATES: Readonly<Record<"open" | "settled" | "all", SQL | undefined>> = {
  open: notInArray(findings.status, [...SETTLED]),
  settled: inArray(findings.status, [...SETTLED]),
  all: undefined,
};

/** The tenant's findings, the heaviest first and of these what is due first. There are as many as there are checks at most. */
export const listFindings = defineRead({
  action: "finding.read",
  input: listFindingsSchema,
  load: loadFindings,
  read: async (scope, { state, severity }) => {
    const bySeverity = severity === undefined ? undefined : eq(findings.severity, severity);
    const rows = await selectFindings(scope).where(
      and(eq(findings.tenantId, scope.ctx.tenantId), STATES[state], bySeverity),
    );
    const weight = (row: (typeof rows)[number]) => SEVERITIES.indexOf(row.finding.severity);
    rows.sort((a, b) => weight(a) - weight(b) || a.finding.dueAt.getTime() - b.finding.dueAt.getTime());
    return { rows: rows.map(findingDto) };
  },
});

/** One finding. Throws NotFound. */
export const getFinding = defineRead({
  action: "finding.read",
  input: findingSchema,
  load: loadFinding,
  read: async (_scope, _input, { row }) => findingDto(row),
});
