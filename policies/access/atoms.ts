import type { AccessRequest } from "./request";
import { DATA_SENSITIVITIES, type Role } from "./vocabulary";

/** Every relation between who asks and what is asked about, each computed here and nowhere else. */
export interface Atoms {
  same_tenant: boolean;
  same_region: boolean;
  same_business_unit: boolean;
  /** The member's clearance reaches the thing's sensitivity; true for things that have none. */
  cleared: boolean;
  contributor: boolean;
  /** A person asks, and no program. */
  person: boolean;
  /** It asks for a role that the member has; false for what asks nobody, as the next two. */
  asked: boolean;
  requester: boolean;
  voter: boolean;
  /** The role by which the member would approve was not given just now; true for what is no approval. */
  settled: boolean;
  /** The member has a break-glass grant that is open. */
  break_glass: boolean;
}
export type Atom = keyof Atoms;

/** The role by which something is approved; null for what is no approval. */
function approvingRole({ action, resource }: AccessRequest): Role | null {
  if (resource.subject === "approval") return resource.role;
  return action === "workflow.review" || action === "workflow.publish" ? "workflow_reviewer" : null;
}

export function atoms(request: AccessRequest): Atoms {
  const { principal, resource } = request;
  const role = approvingRole(request);
  const own = {
    settled: role === null || principal.recentRoles?.includes(role) !== true,
    break_glass: principal.breakGlass === true,
  };
  const same_tenant = principal.tenantId === resource.tenantId;
  const person = principal.kind === "user";
  const unasked = { asked: false, requester: false, voter: false };
  if (!("riskProfile" in resource))
    return {
      ...{ same_tenant, same_region: true, same_business_unit: true, cleared: true, contributor: false, person },
      ...{ ...unasked, ...own },
    };
  return {
    same_tenant,
    same_region: principal.region === resource.region,
    same_business_unit: principal.businessUnit === resource.businessUnit,
    cleared: DATA_SENSITIVITIES.indexOf(resource.dataSensitivity) <= DATA_SENSITIVITIES.indexOf(principal.clearance),
    contributor: resource.contributors.includes(principal.id),
    person,
    ...(resource.subject === "approval"
      ? {
          asked: principal.roles.includes(resource.role),
          requester: resource.requesters.includes(principal.id),
          voter: resource.voters.includes(principal.id),
        }
      : unasked),
    ...own,
  };
}
