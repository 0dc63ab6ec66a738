import { and, eq } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { members } from "@/db/schema";
import { refusal } from "@/policies/access/decide";
import type { Role } from "@/policies/access/vocabulary";
import { endKey } from "@/server/api-keys";
import { actorRef } from "@/server/kernel/actor";
import { invalid } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import { changeRights, endMembership } from "@/server/members";
import { refuseGrant } from "@/server/members/domain/grants";
import type { ReceiptAction } from "@/server/receipts/domain/actions";
import { Denied, type Loaded, revisionOf, type Scope } from "@/server/verb";
import type { ReviewRow } from "./load";
import type { Holder } from "./load-item";

/**
 * Throws Forbidden for roles that neither the reviewer could take by themselves nor, today, the person in whose name the
 * review was opened: naming a reviewer hands on what one may do oneself, and nothing else.
 */
async function authoriseTaking(scope: Scope, found: Loaded, review: ReviewRow, roles: readonly Role[]): Promise<void> {
  const { ctx, tx } = scope;
  const [sponsor] = await tx
    .select({ roles: members.roles })
    .from(members)
    .where(and(eq(members.tenantId, ctx.tenantId), eq(members.userId, review.sponsorId)));
  const lent = [...ctx.principal.roles, ...(sponsor?.roles ?? [])];
  const refused = refuseGrant({ roles: lent, isOperatorTenant: ctx.tenant.isOperator }, roles);
  if (refused === null) return;
  const denial = refusal(revisionOf(ctx.tenant), "grants_beyond_own", refused.whoCould);
  throw new Denied("access_review.decide", found.resource, found.subject, denial);
}

/** Puts on record what was taken, as the members' and keys' own verbs do, beside the receipt of the decision. */
function leaveReceipt({ ctx, tx, now }: Scope, action: ReceiptAction, subject: string, reviewId: string, detail: Json) {
  const body = { action: "access_review.decide", revision: revisionOf(ctx.tenant), requestId: ctx.requestId };
  appendLink(tx, "receipts", {
    ...{ tenantId: ctx.tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: actorRef(ctx.actor), action },
    ...{ subject, body: { ...body, detail: { ...(detail as Record<string, Json>), reviewId } } },
  });
}

/**
 * Takes these roles from a holder, or with none named all they have: through the rules of members and keys, so that the last
 * holder of a role that the tenant needs stays (Conflict). Gives the events.
 */
export async function takeAccess(
  scope: Scope,
  found: Loaded & { review: ReviewRow },
  holder: Exclude<Holder, null>,
  removedRoles: readonly Role[] | undefined,
) {
  const { review } = found;
  if (holder.kind === "api_key") {
    if (removedRoles !== undefined)
      throw invalid("A key keeps its roles for as long as it lives: remove the whole key.", { field: "removedRoles" });
    await authoriseTaking(scope, found, review, holder.row.roles);
    const { detail, events } = await endKey(scope, holder.row);
    leaveReceipt(scope, "api_key.revoke", `api_key:${holder.row.id}`, review.id, detail);
    return events;
  }
  const { row } = holder;
  await authoriseTaking(scope, found, review, removedRoles ?? row.roles);
  if (removedRoles === undefined) {
    const { detail, events } = await endMembership(scope, row);
    leaveReceipt(scope, "member.remove", `member:${row.id}`, review.id, detail);
    return events;
  }
  if (!removedRoles.every((role) => row.roles.includes(role)))
    throw invalid("Only roles that the member has can be removed.", { field: "removedRoles" });
  const roles = row.roles.filter((role) => !removedRoles.includes(role));
  if (roles.length === 0)
    throw invalid("No role would be left: remove the whole membership.", { field: "removedRoles" });
  const { region, businessUnit, clearance } = row;
  const { detail, events } = await changeRights(scope, row, { roles, region, businessUnit, clearance });
  leaveReceipt(scope, "member.update", `member:${row.id}`, review.id, detail);
  return events;
}
