import { type Placeholder, type SQL, sql } from "drizzle-orm";
import { mitigations } from "@/db/schema";

/** The rank of the lowest risk of which a mitigation has starts approved, as a column of a query; null while none does. */
export const approvalRisk = (tenantId: string | Placeholder): SQL<number | null> =>
  sql<number | null>`(select min(${mitigations.approvalRisk}) from ${mitigations}
    where ${mitigations.tenantId} = ${tenantId} and ${mitigations.endedAt} is null)`;
