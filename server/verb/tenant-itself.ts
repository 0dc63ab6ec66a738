import type { Scope } from "./define";

/** Loads the tenant itself as the thing asked about; the wall already chose it. */
export async function tenantItself({ ctx }: Pick<Scope, "ctx">) {
  return {
    resource: { subject: "tenant" as const, tenantId: ctx.tenantId },
    subject: `tenant:${ctx.tenantId}`,
  };
}
