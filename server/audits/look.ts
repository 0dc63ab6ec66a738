import { withTenant } from "@/db/tenancy";
import { CONTROLS } from "@/policies/controls";
import { controlStatuses, type ProbingContext, runProbe } from "@/server/compliance";
import type { ProbeName } from "@/server/compliance/domain/words";
import { must } from "@/server/kernel/errors";
import { CHECKS, type CheckFound, type CheckId, outcomeOf } from "./domain/check";

// But for what rests on the report of an audit: an audit that waits for itself would never pass.
const RESTS_ON_EVIDENCE = CONTROLS.controls
  .filter(({ probes, evidenceKinds }) => probes.length === 0 && !evidenceKinds.includes("audit-report"))
  .map(({ id }) => id);

/** What a check looks at: probes, or the controls that no probe looks at. */
export const keysOf = (checkId: CheckId): readonly string[] =>
  checkId === "supported-controls"
    ? RESTS_ON_EVIDENCE
    : must(
        CHECKS.find(({ id }) => id === checkId),
        "the check is one of an audit's",
      ).probes;

/** Looks at one thing, each in a transaction of its own, as one that Postgres gives up keeps nothing. */
export async function look(ctx: ProbingContext, key: string): Promise<CheckFound> {
  const { tenantId, clock } = ctx;
  const isProbe = (name: string): name is ProbeName =>
    CONTROLS.controls.some(({ probes }) => probes.some((one) => one === name));
  const about = must(
    CONTROLS.controls.find(({ id, probes }) => id === key || probes.some((probe) => probe === key)),
    "what an audit looks at is of a control",
  );
  const control = { id: about.id, title: about.title };
  const now = clock.now();
  return withTenant(ctx, async (tx) => {
    if (isProbe(key)) {
      const { outcome, reason } = await runProbe(tx, key, { tenantId, now });
      return { key, control, outcome, reason };
    }
    const { statuses } = await controlStatuses(tx, tenantId, now);
    const { state, why } = must(
      statuses.find((status) => status.control.id === key),
      "every control has a state",
    );
    return { key, control, outcome: outcomeOf(state), reason: why.map(({ text }) => text).join(" ") };
  });
}
