import { sendMessage } from "@/jobs/incidents/send-message";
import { runDrill as run } from "@/server/drills";
import { DRILL_GOALS, type DrillStage, STAGE_WORDS } from "@/server/drills/domain/drill";
import { systemClock } from "@/server/kernel/clock";
import { Refusal } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { findTenantId } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

type Drill = Awaited<ReturnType<typeof run>>;

const asJson = ({
  incidentId,
  notifications,
  mitigations,
  timeline,
  durations,
  grade,
  missed,
  notes,
  ...rest
}: Drill) => ({
  ...{ drill: rest.drillId, incident: incidentId, notifications, mitigations, timeline, durations },
  ...{ grade, missed, notes, report: rest.report },
});

function asText({ grade, durations, missed, notes, incidentId }: Drill): string {
  const stages = (Object.keys(DRILL_GOALS) as DrillStage[]).map((stage) => {
    const took = durations[stage];
    const mark = missed.includes(stage) ? "✗" : "✓";
    return `  ${mark} ${STAGE_WORDS[stage]}: ${took === null ? "never" : `${took} ms`}, within ${DRILL_GOALS[stage]} ms`;
  });
  return [`The drill ${grade}. Incident ${incidentId}.`, ...stages, ...notes.map((note) => `  ${note}`), ""].join("\n");
}

/** Runs a drill of a tenant and prints what came of it; exit code 1 where it failed, or could not be run. */
export async function runDrill({
  tenant,
  json,
  report,
}: {
  tenant: string;
  json: boolean;
  report: boolean;
}): Promise<number> {
  completeEnvironment("local");
  const env = parseEnv(process.env);
  try {
    const drill = await withDatabase(env, async (database) => {
      const tenantId = await findTenantId(database, tenant);
      if (tenantId === null) return null;
      const ctx = { database, tenantId, clock: systemClock, newId, requestId: newId("request") };
      return run({ ...ctx, actor: "system", send: (id) => sendMessage(ctx, env, id) });
    });
    if (drill === null) {
      process.stderr.write(`There is no tenant ${tenant}.\n`);
      return 1;
    }
    const text = report ? drill.report : asText(drill);
    process.stdout.write(json ? `${JSON.stringify(asJson(drill))}\n` : text);
    return drill.grade === "passed" ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
