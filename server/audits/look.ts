import { withTenant } from "@/db/tenancy";
import { CONTROLS } from "@/policies/controls";
import { rehearseRestore, type RehearsingContext } from "@/server/backups";
import { controlStatuses, runProbe } from "@/server/compliance";
import type { ProbeName } from "@/server/compliance/domain/words";
import { must } from "@/server/kernel/errors";
import { CHECKS, type CheckFound, type CheckWords, outcomeOf } from "./domain/check";

// But for what rests on the report of an audit: an audit that waits for itself would never pass.
const RESTS_ON_EVIDENCE = CONTROLS.controls
  .filter(({ probes, evidenceKinds }) => probes.length === 0 && !evidenceKinds.includes("audit-report"))
  .map(({ id }) => id);

/** An audit's own context: what a probe needs, and where a restore is rehearsed. */
export type AuditingContext = RehearsingContext;

/** What a check looks at: probes, or the controls that no probe looks at. */
const keysOf = ({ id, probes }: CheckWords): readonly string[] =>
  id === "supported-controls" ? RESTS_ON_EVIDENCE : probes;

const isProbe = (name: string): name is ProbeName =>
  CONTROLS.controls.some(({ probes }) => probes.some((one) => one === name));

/** Looks at one thing, each in a transaction of its own, as one that Postgres gives up keeps nothing. */
async function lookAt(ctx: AuditingContext, key: string): Promise<CheckFound> {
  const { tenantId, clock } = ctx;
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

/** Looks at all that a check is about. What rests on a restore is looked at after one that is rehearsed here and now. */
export async function lookBy(ctx: AuditingContext, check: CheckWords): Promise<CheckFound[]> {
  const rehearsed = check.id === "dr-readiness" ? await rehearseRestore(ctx) : null;
  const found: CheckFound[] = [];
  for (const key of keysOf(check)) found.push(await lookAt(ctx, key));
  // An older rehearsal may have passed: of this one it says nothing.
  return rehearsed?.outcome === "unknown"
    ? found.map((one) => ({ ...one, outcome: "unknown", reason: rehearsed.reason }))
    : found;
}

/** Looks at one thing again, by the check that it belongs to. */
export async function lookAgain(ctx: AuditingContext, key: string): Promise<CheckFound> {
  const check = must(
    CHECKS.find((one) => keysOf(one).includes(key)),
    "a check looks at it",
  );
  return must(
    (await lookBy(ctx, check)).find((one) => one.key === key),
    "a check finds all that it looks at",
  );
}
