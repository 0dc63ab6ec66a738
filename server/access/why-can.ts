import { takesAway } from "@/policies/access/reach";
import { notFound } from "@/server/kernel/errors";
import { listRoleGrants } from "@/server/members";
import { nameReferences } from "@/server/receipts";
import { defineRead, policiesOf, type Scope } from "@/server/verb";
import { deciderOf, wordFor } from "./decide-for";
import { type Holder, holderDto, listHolders } from "./holders";
import { loadPolicy, loadThing } from "./load-thing";
import { type AskedThing, whyKeyCanSchema, whyMemberCanSchema } from "./schemas";

/** Who gave a member the roles that they have, by the names of those who did. */
async function grantsOf(scope: Scope, { kind, id, principal }: Holder) {
  if (kind === "api_key") return [];
  const grants = (await listRoleGrants(scope.tx, scope.ctx.tenantId, [id])).get(id);
  const names = await nameReferences(
    scope,
    [...(grants?.values() ?? [])].map(({ actor }) => actor),
  );
  return principal.roles.map((role) => {
    const grant = grants?.get(role);
    if (grant === undefined) return { role, by: null, at: null, receipt: null };
    return { role, by: names.get(grant.actor)?.name ?? grant.actor, at: grant.at, receipt: grant.receipt };
  });
}

async function why(scope: Scope, holderId: string, asked: AskedThing, what: string) {
  const { ctx } = scope;
  const holder = (await listHolders(scope)).find(({ id }) => id === holderId);
  if (holder === undefined) throw notFound(what);
  const { resource, name } = await loadThing(scope, asked);
  const { action } = asked;
  const { principal } = holder;
  const decision = deciderOf(scope, action, resource)(principal);
  const { allow, code, revision, matched, denied, failed, counterfactual, whoCould, obligations } = decision;
  const word = wordFor(principal, action, resource);
  return {
    ...{ holder: holderDto(holder), action, thing: name, allow, code, revision, matched, denied, failed },
    ...{ counterfactual, whoCould, grants: await grantsOf(scope, holder) },
    chain: obligations.flatMap(({ stages }) => stages.map(({ role, quorum }) => ({ role, quorum }))),
    /** What would take it away; null for what is denied. */
    takesAway: allow ? takesAway(policiesOf(ctx.tenant), principal.roles, action, word) : null,
  };
}

/** Why a member may or may not do something: rules, who gave the roles and when, and what would take it away. */
export const whyMemberCan = defineRead({
  action: "policy.read",
  input: whyMemberCanSchema,
  load: loadPolicy,
  read: (scope, { memberId, ...asked }) => why(scope, memberId, asked, "member"),
});

/** The same of an API key that is live. */
export const whyKeyCan = defineRead({
  action: "policy.read",
  input: whyKeyCanSchema,
  load: loadPolicy,
  read: (scope, { apiKeyId, ...asked }) => why(scope, apiKeyId, asked, "API key"),
});
