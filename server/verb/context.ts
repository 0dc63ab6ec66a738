import type { Database } from "@/db/client";
import type { Principal } from "@/policies/access/request";
import type { Governing } from "@/policies/packs/governing";
import type { Actor } from "@/server/kernel/actor";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";

/** What every call carries, whoever makes it. */
export interface CallContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
}

/** A signed-in person who has not entered a tenant. */
export interface UserContext extends CallContext {
  user: { id: string; email: string; name: string | null };
  actor: Extract<Actor, { kind: "user" }>;
}

/** A call inside one tenant, with the rights the caller has at this moment. */
export interface TenantContext extends CallContext {
  tenantId: string;
  tenant: Governing & { slug: string; name: string; isOperator: boolean };
  actor: Actor;
  principal: Principal;
  /** Of an auditor: their membership, and the moment from which on it is none. What they read is logged. */
  auditor?: { memberId: string; until: Date };
  /** The call as the API names it, such as `findings.get`, where it came that way. */
  procedure?: string;
}
