import { and, eq, gte, isNull, lt, or } from "drizzle-orm";
import { findings } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { FindingEntry } from "./domain/document";
import { findingDto, selectFindings } from "./load";

/** Findings that were open at some time of a period, by ticket, as they stand now. */
export async function findFindings(
  tx: Tx,
  tenantId: string,
  { from, to }: { from: Date; to: Date },
): Promise<FindingEntry[]> {
  const { number, openedAt, closedAt } = findings;
  const inPeriod = and(lt(openedAt, to), or(isNull(closedAt), gte(closedAt, from)));
  const rows = await selectFindings({ tx })
    .where(and(eq(findings.tenantId, tenantId), inPeriod))
    .orderBy(number);
  return rows.map(findingDto).map((dto) => ({
    ...{ id: dto.id, ticket: dto.ticket, title: dto.title, detail: dto.detail, remedy: dto.remedy },
    ...{ severity: dto.severity, status: dto.status, openedAt: dto.openedAt, dueAt: dto.dueAt },
    ...{ closedAt: dto.closedAt, acceptedUntil: dto.acceptedUntil, control: dto.control },
    ...{ owner: dto.owner === null ? null : { name: dto.owner.name }, evidenceDigest: dto.evidenceDigest },
  }));
}
