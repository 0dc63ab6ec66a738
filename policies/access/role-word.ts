/** A role as people read it: `workflow_author` is `workflow author`. */
export const roleWord = (role: string) => role.replaceAll("_", " ");
