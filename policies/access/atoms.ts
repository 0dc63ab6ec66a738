import type { AccessRequest } from "./request";
import { DATA_SENSITIVITIES } from "./vocabulary";

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
  /** It asks for a role that the member has; false for what asks nobody, as `voter`. */
  asked: boolean;
  /** Asked for it, is behind what did, or is whom it is about. */
  requester: boolean;
  voter: boolean;
  /** The member has a break-glass grant that is open. */
  break_glass: boolean;
}
export type Atom = keyof Atoms;

export function atoms({ principal, resource }: AccessRequest): Atoms {
  const break_glass = principal.breakGlass === true;
  const same_tenant = principal.tenantId === resource.tenantId;
  const person = principal.kind === "user";
  const unasked = { asked: false, requester: false, voter: false };
  if (!("riskProfile" in resource))
    return {
      ...{ same_tenant, same_region: true, same_business_unit: true, cleared: true, contributor: false, person },
      ...{ ...unasked, requester: "requesters" in resource && resource.requesters.includes(principal.id), break_glass },
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
    break_glass,
  };
}
