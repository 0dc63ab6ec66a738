import { TRPCError } from "@trpc/server";
import { ask as askPack, nameOf } from "@/policies/simulate/ask";
import type { Scenario } from "@/policies/simulate/scenarios";
import { Refusal } from "@/server/kernel/errors";
import type { ProcedureMeta } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/root";
import { type Answered, askProcedure, LIVE } from "./procedures";
import type { World } from "./world";

// tRPC types its record of procedures as the routers that they were grouped in.
const DONE_BY_A_PROCEDURE = new Set(
  Object.values(appRouter._def.procedures as unknown as Record<string, { _def: { meta?: ProcedureMeta } }>).flatMap(
    ({ _def: { meta } }) => (meta !== undefined && "action" in meta ? [meta.action as string] : []),
  ),
);

/** Why a scenario is not asked live; null for one that is. */
export function whyNotAsked({ ask: { action, program } }: Scenario): string | null {
  if (LIVE[action] !== undefined) return program === true ? "a program asks, and none signs in" : null;
  return DONE_BY_A_PROCEDURE.has(action)
    ? "about something else than workflows, runs and triggers"
    : "no procedure does it";
}

/** Deployments are never another tenant's by id: who is of another one asks, and is denied. All else is not found. */
const isHidden = ({ ask }: Scenario) => ask.same_tenant === false && !ask.action.startsWith("deployment.");

/** Of the stages in words, how many people agree; a version is never published without anybody. */
function peopleIn(after: string): number {
  const quorums = [...after.matchAll(/(\d+) × /g)].map(([, quorum]) => Number(quorum));
  return Math.max(
    1,
    quorums.reduce((sum, quorum) => sum + quorum, 0),
  );
}

function differenceAllowed({ expect }: Scenario, { stages, people }: Answered): string | null {
  if (expect.answer === "no") return "the answer is yes";
  const after = expect.after ?? "";
  if (stages !== undefined && stages !== after) return `after ${stages === "" ? "nobody" : stages}`;
  return people === undefined || people === peopleIn(after) ? null : `after ${people} people`;
}

function differenceRefused(scenario: Scenario, { code, message, cause }: TRPCError): string | null {
  const { profile, ask, expect } = scenario;
  const details = cause instanceof Refusal ? cause.details : {};
  const failed = Array.isArray(details.failed) ? details.failed.map((each) => nameOf(String(each))) : [];
  if (expect.answer === "yes") return `the answer is no: ${code}, ${failed.join(", ") || message}`;
  if (isHidden(scenario)) return code === "NOT_FOUND" ? null : `the code is ${code}`;
  if (code !== "FORBIDDEN") return `the code is ${code}`;
  // Where a scenario leaves out what stands in the way, it is what the pack by itself says.
  const wanted = expect.failed ?? askPack({ profile, ...ask }).failed;
  return String([...wanted].sort()) === String([...failed].sort()) ? null : `what failed is ${failed.join(", ")}`;
}

/** Where the procedure's answer is another than the scenario's; null where it is the same. Anything that breaks is thrown. */
export async function liveDifferenceOf(world: World, scenario: Scenario): Promise<string | null> {
  try {
    return differenceAllowed(scenario, await askProcedure(world, scenario.ask));
  } catch (error) {
    if (!(error instanceof TRPCError) || error.code === "INTERNAL_SERVER_ERROR") throw error;
    return differenceRefused(scenario, error);
  }
}
