import type { DriftKind } from "./difference";

/** Days until a difference should be gone; what opens walls or shows other answers, by tomorrow. */
const DUE_DAYS: Readonly<Record<DriftKind, number>> = {
  ...{ database: 1, tenant_policy: 1, behaviour: 1, process: 1, pack: 7 },
};

/** When a difference that is found now should be gone. */
export const dueAt = (kind: DriftKind, now: Date): Date => new Date(now.getTime() + DUE_DAYS[kind] * 24 * 3_600_000);
