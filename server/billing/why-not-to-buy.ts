import type { Tx } from "@/db/tenancy";
import { loadBought, standingOf } from "@/server/entitlements";

const ENDED = ["canceled", "incomplete", "incomplete_expired"];

/** Why a tenant may not begin to buy a plan, in words; null where it may. Its plan has exactly one source at a time. */
export async function whyNotToBuy(tx: Tx, tenantId: string, now: Date): Promise<string | null> {
  const [bought, { projection }] = await Promise.all([loadBought(tx, tenantId), standingOf(tx, tenantId, now)]);
  if (bought !== null && !ENDED.includes(bought.status)) return "This tenant has a plan already: change it instead.";
  if (projection?.source === "licence")
    return "The plan of this deployment comes from its licence. Nothing is sold here.";
  const isGranted = projection?.source === "manual" && projection.plan !== null && projection.status === "active";
  return isGranted
    ? "The plan of this tenant was granted by hand, and would hide what it buys. Whoever operates this deployment ends the grant first."
    : null;
}
