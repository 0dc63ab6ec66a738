import { defineRead, tenantItself } from "@/server/verb";
import { adapterIssues } from "./adapter-issues";
import { checkDefinition } from "./domain/check-definition";
import { checkDefinitionSchema } from "./schemas";

/** Tells every fault of a definition with its path, and stores nothing. */
export const checkWorkflow = defineRead({
  action: "tenant.read",
  input: checkDefinitionSchema,
  load: tenantItself,
  read: async (scope, { definition }) => {
    const checked = checkDefinition(definition);
    return { issues: checked.isValid ? await adapterIssues(scope, checked.definition) : checked.issues };
  },
});
