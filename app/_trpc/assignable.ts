import { canSome } from "@/policies/access/ability";
import { shippedPolicy } from "@/policies/packs";
import type { Action } from "@/policies/access/vocabulary";
import { attempt } from "./load";
import { tenantApi } from "./server";
import { enterTenant } from "./tenant";

/** Members that the first page of a choice holds; whoever has more assigns by the API. */
const MOST = 100;

/** Whom something may be assigned to; null where the reader may not assign it. */
export async function assignable(tenant: string, action: Action): Promise<{ id: string; name: string }[] | null> {
  const { here } = await enterTenant(tenant);
  if (!canSome(shippedPolicy(here.governanceProfile), here.roles, action)) return null;
  const answer = await attempt((await tenantApi(tenant)).members.list({ limit: MOST }));
  return answer.denied === null ? answer.value.rows.map(({ id, name, email }) => ({ id, name: name ?? email })) : null;
}
