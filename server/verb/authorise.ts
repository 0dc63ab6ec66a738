import { appendLink } from "@/db/chain";
import { type Tx, withTenant } from "@/db/tenancy";
import { decide, type Decision } from "@/policies/access/decide";
import { explainDenial } from "@/policies/access/explain";
import { PRIVILEGED } from "@/policies/access/privileged";
import { replayKeyOf } from "@/policies/access/replay";
import type { Resource } from "@/policies/access/request";
import type { Action } from "@/policies/access/vocabulary";
import { actorRef } from "@/server/kernel/actor";
import { Refusal } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import type { TenantContext } from "./context";
import { timed } from "./decision-times";
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
  const policies = policiesOf(ctx.tenant);
  const decision = timed(ctx.tenantId, () => decide(policies, { principal: ctx.principal, action, resource }));
  if (!decision.allow) throw new Denied(action, resource, subject, decision);
  return decision;
}

interface Asked {
  action: Action;
  resource: Resource;
  subject: string;
  decision: Decision;
}

/** Appends a decision to the tenant's decision chain, at the end of the caller's transaction. */
function recordDecision(tx: Tx, ctx: TenantContext, { action, resource, subject, decision }: Asked): void {
  const { allow, code, revision, matched, denied, failed, nearest, isBesidePolicy } = decision;
  const [policy] = policiesOf(ctx.tenant);
  appendLink(tx, "decisions", {
    tenantId: ctx.tenantId,
    id: ctx.newId("decision"),
    at: ctx.clock.now().toISOString(),
    actor: actorRef(ctx.actor),
    action,
    subject,
    body: {
      ...{
        allow,
        code,
        revision,
        matched,
        denied,
        failed,
        principal: ctx.principal,
        resource,
        requestId: ctx.requestId,
      },
      nearest: nearest.map(({ rule, roles, failed: missing }) => ({ rule, roles: [...roles], failed: missing })),
      key: replayKeyOf(policy, { principal: ctx.principal, action, resource }) as Json,
      isBesidePolicy: isBesidePolicy === true,
    },
  });
}

/** Puts a permission on record where it is privileged; any other leaves no decision. */
export function recordPrivileged(tx: Tx, ctx: TenantContext, asked: Asked): void {
  if (PRIVILEGED.has(asked.action)) recordDecision(tx, ctx, asked);
}

/** Runs a verb's work; a denial inside it is put on record in a transaction of its own, then thrown on. */
export async function onRecord<T>(ctx: TenantContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Denied) await withTenant(ctx, async (tx) => recordDecision(tx, ctx, error));
    throw error;
  }
}
