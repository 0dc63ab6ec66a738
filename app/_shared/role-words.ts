import { roleWord } from "@/policies/access/role-word";

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** Roles as people read them: `workflow_author` is `workflow author`. */
export const roleWords = (roles: readonly string[]) => roles.map(roleWord).join(", ");

/** The same inside a sentence: `workflow author and operator`. */
export const rolesInSentence = (roles: readonly string[]) => list.format(roles.map(roleWord));
