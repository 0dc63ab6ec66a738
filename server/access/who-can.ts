import { defineRead } from "@/server/verb";
import { deciderOf } from "./decide-for";
import { holderDto, listHolders } from "./holders";
import { loadPolicy, loadThing } from "./load-thing";
import { whoCanSchema } from "./schemas";

/** Holders of each list that one answer names. */
const NAMED_MAX = 200;

/**
 * Who may do something to a thing of this tenant, by which rules, and who has a role for it and lacks something else. Of a
 * workflow the newest version counts. Throws NotFound for a workflow or run that is not here, Forbidden above the clearance.
 */
export const whoCan = defineRead({
  action: "policy.read",
  input: whoCanSchema,
  load: loadPolicy,
  read: async (scope, asked) => {
    const { resource, name } = await loadThing(scope, asked);
    const decided = deciderOf(scope, asked.action, resource);
    const holders = await listHolders(scope);
    const answers = holders.map((holder) => ({ holder, decision: decided(holder.principal) }));
    const may = answers.filter(({ decision }) => decision.allow);
    const nearly = answers.filter(({ decision }) => !decision.allow && !decision.failed.includes("role"));
    return {
      ...{ action: asked.action, thing: name, asked: holders.length, mayCount: may.length, nearlyCount: nearly.length },
      may: may.slice(0, NAMED_MAX).map(({ holder, decision: { matched, obligations } }) => ({
        ...{ ...holderDto(holder), rules: matched },
        chain: obligations.flatMap(({ stages }) => stages.map(({ role, quorum }) => ({ role, quorum }))),
      })),
      nearly: nearly.slice(0, NAMED_MAX).map(({ holder, decision: { denied, failed, counterfactual } }) => ({
        ...{ ...holderDto(holder), denied, failed, counterfactual },
      })),
    };
  },
});
