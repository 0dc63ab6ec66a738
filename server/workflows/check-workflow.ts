import { defineRead, tenantItself } from "@/server/verb";
import { checkDefinition } from "./domain/check-definition";
import { checkDefinitionSchema } from "./schemas";

/** Tells every fault of a definition with its path, and stores nothing. */
export const checkWorkflow = defineRead({
  action: "tenant.read",
  input: checkDefinitionSchema,
  load: tenantItself,
  read: async (_scope, { definition }) => {
    const checked = checkDefinition(definition);
    return { issues: checked.isValid ? [] : checked.issues };
  },
});
