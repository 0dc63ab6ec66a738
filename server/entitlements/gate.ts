import type { Tx } from "@/db/tenancy";
import { type Access, accessOf } from "@/policies/entitlements/access";
import { type Feature, FEATURES, openersOf, refusalOf } from "@/policies/entitlements/features";
import { isAlways } from "@/policies/entitlements/gates";
import { type FlagAnswer, flagContextOf, type Flags } from "@/policies/entitlements/flags";
import type { Projection } from "@/policies/entitlements/projection";
import { notEntitled, type Refusal } from "@/server/kernel/errors";
import { processFlags } from "./flags";
import { loadProjection } from "./load-projection";

/** What a feature is wanted for: to change something with it, or to read, or go on with a run, by it. */
type Use = "change" | "run";

/** Why a tenant may not use a feature now. */
interface Closed {
  why: "not-in-plan" | "read-only" | "held-back";
  message: string;
  /** By which flags, where they hold it back. */
  by?: Pick<FlagAnswer, "provider" | "revision">;
}

interface Asked {
  tenantId: string;
  feature: Feature;
  use: Use;
}

/** What a tenant has now, and what it may do with it. */
export interface Standing {
  projection: Projection | null;
  access: Access;
}

/** A tenant's plan and what it gives at a moment. */
export async function standingOf(tx: Tx, tenantId: string, now: Date): Promise<Standing> {
  const projection = await loadProjection(tx, tenantId, now);
  return { projection, access: accessOf(projection, now) };
}

/** Why a feature is closed to a tenant; null where it is open. A plan has to grant it, and no flag hold it back. */
export function whyClosed(
  { projection, access }: Standing,
  asked: Asked,
  flags: Flags = processFlags(),
): Closed | null {
  const { tenantId, feature, use } = asked;
  if (isAlways(feature)) return null;
  const plan = projection?.plan ?? null;
  if (!access.features.has(feature)) return { why: "not-in-plan", message: refusalOf(feature, plan) };
  const { title } = FEATURES[feature];
  // What runs already finishes.
  if (access.readOnlySince !== null && use === "change")
    return { why: "read-only", message: `${title}: this tenant is read-only. ${access.banner?.text ?? ""}`.trim() };
  const { isHeldBack, provider, revision } = flags.ask(feature, flagContextOf(tenantId, projection));
  if (!isHeldBack) return null;
  const message = `${title}: switched off for now by whoever operates this deployment.`;
  return { why: "held-back", message, by: { provider, revision } };
}

/** The refusal for a closed feature: what is missing, and what would open it at which price. */
function closedRefusal({ why, message, by }: Closed, feature: Feature, { projection }: Standing): Refusal {
  const opensWith = why === "not-in-plan" ? openersOf(feature, projection?.plan ?? null) : [];
  const addOn = opensWith.find(({ kind }) => kind === "add-on")?.id ?? null;
  const skus = opensWith.filter(({ kind }) => kind === "plan").map(({ id }) => id);
  return notEntitled(message, { feature, why, addOn, skus, opensWith, ...(by === undefined ? {} : { flags: by }) });
}

/** The gate of verbs and doors: throws NotEntitled where a feature is closed to the tenant. */
export async function requireFeature(
  tx: Tx,
  tenantId: string,
  feature: Feature,
  now: Date,
  use: Use = "change",
): Promise<void> {
  const standing = await standingOf(tx, tenantId, now);
  const closed = whyClosed(standing, { tenantId, feature, use });
  if (closed !== null) throw closedRefusal(closed, feature, standing);
}

/**
 * Refuses a new run (NotEntitled) to a tenant whose plan has ended or is read-only. What runs already finishes. Gives the
 * standing that it looked at.
 */
export async function requireRuns(tx: Tx, tenantId: string, now: Date): Promise<Standing> {
  const standing = await standingOf(tx, tenantId, now);
  const { access } = standing;
  if (access.mayStartRuns) return standing;
  const { title, text } = access.banner ?? { title: "This tenant is read-only", text: "" };
  throw notEntitled(`No run starts. ${title}. ${text}`.trim(), { feature: "runs", why: "read-only" });
}

/** Why a feature is closed to a tenant for this use; null where it is open. The guard of jobs, and of what tells of it. */
export async function closedFor(tx: Tx, asked: Asked, now: Date): Promise<Closed | null> {
  return whyClosed(await standingOf(tx, asked.tenantId, now), asked);
}
