/** Roles as people read them: `workflow_author` is `workflow author`. */
export const roleWords = (roles: readonly string[]) => roles.map((role) => role.replaceAll("_", " ")).join(", ");
