import { tellPolicyDeciders, tellPolicyProposer } from "@/server/notifications";
import { policyDecided, policyProposed } from "@/server/policy-changes";
import type { JobDeps } from "../deps";

/** In the app: those who may decide learn that the tenant is to be governed otherwise. */
export const notifyPolicyDeciders = ({ client, ...deps }: JobDeps) =>
  client.createFunction(
    { id: "notify-policy-deciders", triggers: [{ event: policyProposed.name }] },
    async ({ event, step }) => {
      const { tenantId, changeId } = policyProposed.payload.parse(event.data);
      return step.run("tell", () => tellPolicyDeciders({ ...deps, tenantId }, changeId));
    },
  );

/** In the app: whoever proposed it learns what became of it. */
export const notifyPolicyProposer = ({ client, ...deps }: JobDeps) =>
  client.createFunction(
    { id: "notify-policy-proposer", triggers: [{ event: policyDecided.name }] },
    async ({ event, step }) => {
      const { tenantId, changeId } = policyDecided.payload.parse(event.data);
      return step.run("tell", () => tellPolicyProposer({ ...deps, tenantId }, changeId));
    },
  );
