import { skuNamed } from "./catalogue";
import type { Projection } from "./projection";
import type { SkuId } from "./schema";
import type { AddOn, Feature } from "./words";

/** How the product comes to whoever uses it: by us, by a partner under its own name, or within our own walls. */
export const EDITIONS = ["hosted", "white-label", "internal"] as const;
export type Edition = (typeof EDITIONS)[number];

/** The edition that a plan is sold in; a tenant without a plan is hosted. */
export function editionOf(plan: SkuId | null): Edition {
  const kind = plan === null ? "subscription" : skuNamed(plan).price.kind;
  return kind === "subscription" ? "hosted" : kind === "licence" ? "white-label" : "internal";
}

/** What a flag is decided by; the deployment adds its environment. */
export interface FlagContext {
  tenantId: string;
  plan: SkuId | null;
  addOns: readonly AddOn[];
  edition: Edition;
  /** Members at most; null where there is no limit. */
  seats: number | null;
  status: string | null;
}

/** What flags are asked about a tenant. While a purchase is not complete, what was before counts, as it does for access. */
export function flagContextOf(tenantId: string, projection: Projection | null): FlagContext {
  if (projection?.status === "incomplete") return flagContextOf(tenantId, projection.previous);
  const plan = projection?.plan ?? null;
  return {
    ...{ tenantId, plan, edition: editionOf(plan), addOns: projection?.addOns ?? [] },
    ...{ seats: projection?.seats ?? null, status: projection?.status ?? null },
  };
}

/** Where an answer comes from: the server itself, what it said last, what the catalogue says, or nowhere. */
export type FlagProvider = "live" | "backup" | "bootstrap" | "none";

/** What is answered about a feature. */
export interface FlagAnswer {
  isHeldBack: boolean;
  /** Where the answer comes from, for the record, and the server's number of that state; null for the catalogue's own. */
  provider: FlagProvider;
  revision: number | null;
}

/** Switches that hold a feature back from tenants that are entitled to it: a rollout, or a fault. They never grant anything. */
export interface Flags {
  ask(feature: Feature, context: FlagContext): FlagAnswer;
}
