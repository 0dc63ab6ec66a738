import { type Placeholder, type SQL, sql } from "drizzle-orm";
import { approvals, approvalVotes, workflowVersions } from "@/db/schema";

/** A person, and the roles that they have; as values, or as what a prepared query is given each time. */
interface Decider {
  person: string | Placeholder;
  roles: SQL | Placeholder | ReturnType<typeof sql.param>;
}

/** Of pending requests, those about which a person may decide: what policy says of `approval.decide`, as a condition. */
export const decidableBy = ({ person, roles }: Decider): SQL => sql`${approvals.role} = any(${roles})
  and not ${person} = any(${approvals.requesters}) and not ${person} = any(${workflowVersions.contributors})
  and not exists (select from ${approvalVotes} where ${approvalVotes.tenantId} = ${approvals.tenantId}
    and ${approvalVotes.approvalId} = ${approvals.id} and ${approvalVotes.voterId} = ${person})`;
