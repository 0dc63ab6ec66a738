import { appendLink } from "@/db/chain";
import { type Tx, withTenant } from "@/db/tenancy";
import { decide, type Decision } from "@/policies/access/decide";
import { explainDenial } from "@/policies/access/explain";
import type { Resource } from "@/policies/access/request";
import type { Action } from "@/policies/access/vocabulary";
import { actorRef } from "@/server/kernel/actor";
import { Refusal } from "@/server/kernel/errors";
import type { TenantContext } from "./context";
import { policiesOf } from "./policies";

/** A denial on its way out of a verb's transaction, which rolls back; it is put on record in one of its own. */
export class Denied extends Refusal {
  readonly action: Action;
  readonly resource: Resource;
  readonly subject: string;
  readonly decision: Decision;

  constructor(action: Action, resource: Resource, subject: string, decision: Decision) {
    super("Forbidden", explainDenial(action, decision), {
      action,
      failed: decision.failed,
      whoCould: decision.whoCould,
    });
    this.name = "Forbidden";
    this.action = action;
    this.resource = resource;
    this.subject = subject;
    this.decision = decision;
  }
}

/** Decides about one loaded thing; throws Denied, which `onRecord` writes down. */
export function authorise(ctx: TenantContext, action: Action, resource: Resource, subject: string): Decision {
  const decision = decide(policiesOf(ctx.tenant), { principal: ctx.principal, action, resource });
  if (!decision.allow) throw new Denied(action, resource, subject, decision);
  return decision;
}

/** Appends a decision to the tenant's decision chain. */
async function recordDecision(
  tx: Tx,
  ctx: TenantContext,
  asked: { action: Action; resource: Resource; subject: string; decision: Decision },
): Promise<void> {
  const { action, resource, subject, decision } = asked;
  const { allow, code, revision, matched, failed } = decision;
  appendLink(tx, "decisions", {
    tenantId: ctx.tenantId,
    id: ctx.newId("decision"),
    at: ctx.clock.now().toISOString(),
    actor: actorRef(ctx.actor),
    action,
    subject,
    body: { allow, code, revision, matched, failed, principal: ctx.principal, resource, requestId: ctx.requestId },
  });
}

/** Runs a verb's work; a denial inside it is put on record in a transaction of its own, then thrown on. */
export async function onRecord<T>(ctx: TenantContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Denied) await withTenant(ctx, (tx) => recordDecision(tx, ctx, error));
    throw error;
  }
}
