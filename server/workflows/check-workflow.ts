import { defineRead, tenantItself } from "@/server/verb";
import { adapterIssues } from "./adapter-issues";
import { closedTargets } from "./acceptable-definition";
import { checkDefinition } from "./domain/check-definition";
import { checkDefinitionSchema } from "./schemas";

/** Tells every fault of a definition with its path, and stores nothing. */
export const checkWorkflow = defineRead({
  action: "tenant.read",
  input: checkDefinitionSchema,
  load: tenantItself,
  read: async (scope, { definition }) => {
    const checked = checkDefinition(definition);
    if (!checked.isValid) return { issues: checked.issues };
    const { definition: sound } = checked;
    return { issues: [...closedTargets(sound), ...(await adapterIssues(scope, sound))] };
  },
});
