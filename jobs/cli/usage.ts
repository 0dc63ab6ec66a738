import { parseEnv } from "@/server/platform/env";
import { type Usage, usageOf } from "@/server/metering";
import { MONTH } from "@/server/metering/domain/month";
import { findTenantId } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

function inWords({ month, runs, total, types }: Usage): string[] {
  const tasks = (milli: number) => (milli / 1_000).toFixed(2);
  return [
    `${month} (UTC): ${total.tasks} tasks of ${runs} runs, weighing ${tasks(total.weightMilli)} reference tasks; ` +
      `${total.externalCalls} calls outside, ${total.bytes} bytes of inputs and outputs`,
    ...types.map(({ taskType, ...use }) => `  ${taskType}: ${use.tasks}, weighing ${tasks(use.weightMilli)}`),
  ];
}

/** Prints what a tenant used in a month; exit code 1 when there is no such tenant, 2 for what is no month. */
export async function runUsage(asked: { tenant: string; month?: string; json: boolean }): Promise<number> {
  const { tenant, month, json } = asked;
  if (month !== undefined && !MONTH.test(month)) {
    process.stderr.write(`${month} is no month: give one such as 2026-11.\n`);
    return 2;
  }
  completeEnvironment("local");
  const usage = await withDatabase(parseEnv(process.env), async (database) => {
    const tenantId = await findTenantId(database, tenant);
    return tenantId === null ? null : usageOf({ database, tenantId }, { month, now: new Date() });
  });
  if (usage === null) {
    process.stderr.write(`There is no tenant ${tenant}.\n`);
    return 1;
  }
  process.stdout.write(json ? `${JSON.stringify(usage)}\n` : `${inWords(usage).join("\n")}\n`);
  return 0;
}
