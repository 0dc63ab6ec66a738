export { authorise, Denied } from "./authorise";
export type { CallContext, TenantContext, UserContext } from "./context";
export { defineRead, defineWrite, type Loaded, noInput, parseInput, type Scope, type Verb } from "./define";
export { type AccountVerb, defineAccountVerb } from "./account";
export { allowedRows, clearedFor } from "./cleared-for";
export { deploymentItself } from "./deployment-itself";
export { requireFreshSignIn } from "./fresh-sign-in";
export { policiesOf, revisionOf } from "./policies";
export { tenantItself } from "./tenant-itself";
