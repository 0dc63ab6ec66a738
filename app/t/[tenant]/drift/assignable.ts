import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { canSome } from "@/policies/access/ability";
import { shippedPolicy } from "@/policies/packs";

/** Members that the first page of a choice holds; whoever has more assigns by the API. */
const MOST = 100;

/** Whom a difference may be assigned to; null where the reader may not assign. */
export async function assignable(tenant: string): Promise<{ id: string; name: string }[] | null> {
  const { here } = await enterTenant(tenant);
  if (!canSome(shippedPolicy(here.governanceProfile), here.roles, "remediation.assign")) return null;
  const answer = await attempt((await tenantApi(tenant)).members.list({ limit: MOST }));
  return answer.denied === null ? answer.value.rows.map(({ id, name, email }) => ({ id, name: name ?? email })) : null;
}
