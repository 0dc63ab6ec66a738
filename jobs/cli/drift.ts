import { acceptDrift, findDrift, runningCode } from "@/server/drift";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { findTenantId } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

const indented = (text: string) => text.replaceAll(/^/gm, "    ");

/**
 * Prints what differs, with what undoes it; exit code 1 where something does. It changes nothing, and migrates nothing: what
 * starting the product would put right by itself is found too.
 */
export async function runDrift({ json }: { json: boolean }): Promise<number> {
  completeEnvironment("local");
  const env = parseEnv(process.env);
  const { differences } = await withDatabase(
    env,
    (database) => findDrift({ database, now: systemClock.now(), code: runningCode(env.CONDUCTOR_REVISION) }),
    { asItIs: true },
  );
  const words = differences.flatMap(({ title, expected, found, undo }) => [
    title,
    `  expected:\n${indented(expected)}`,
    `  found:\n${indented(found)}`,
    `  undo, ${undo.runs === "sql" ? "as the database's owner" : "in a shell"}:\n${indented(undo.text)}`,
    "",
  ]);
  const text = differences.length === 0 ? ["Nothing differs."] : [...words, `${differences.length} found.`];
  process.stdout.write(json ? `${JSON.stringify({ differences })}\n` : `${text.join("\n")}\n`);
  return differences.length === 0 ? 0 : 1;
}

const REFUSALS = {
  missing: "No such difference is open there. `npx conductor drift` lists what there is.",
  undo: "This can be undone, so it is not accepted. Run what its task says.",
} as const;

/** Accepts a difference that cannot be undone; exit code 1 without the tenant, or without such a difference. */
export async function runDriftAccept(asked: { tenant: string; key: string; reason: string }): Promise<number> {
  completeEnvironment("local");
  const outcome = await withDatabase(parseEnv(process.env), async (database) => {
    const tenantId = await findTenantId(database, asked.tenant);
    if (tenantId === null) return null;
    const ctx = { database, tenantId, clock: systemClock, newId, requestId: newId("request") };
    return acceptDrift(ctx, asked);
  });
  if (outcome === "accepted") {
    process.stdout.write("Accepted. The next look, within a minute, closes it.\n");
    return 0;
  }
  process.stderr.write(`${outcome === null ? `There is no tenant ${asked.tenant}.` : REFUSALS[outcome]}\n`);
  return 1;
}
