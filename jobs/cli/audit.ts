import { type AuditOutcome, auditNow } from "@/server/audits";
import { CHECK_WORDS } from "@/server/audits/domain/check";
import { systemClock } from "@/server/kernel/clock";
import { Refusal } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { blobStoreOf } from "@/server/platform/blob-store";
import { parseEnv } from "@/server/platform/env";
import { findTenantId } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { rehearsalUrl, withDatabase } from "./open-database";

const words = ({ auditId, verdict, checks, findings, reportDigest }: AuditOutcome) =>
  [
    ...checks.map(({ title, outcome }) => `${title}: ${CHECK_WORDS[outcome]}`),
    `${auditId}: ${verdict}, ${findings} ${findings === 1 ? "finding" : "findings"}, report sha-256 ${reportDigest}`,
    "",
  ].join("\n");

/** Audits a tenant; exit code 0 only where all of it holds. */
export async function runAudit({ tenant, json }: { tenant: string; json: boolean }): Promise<number> {
  completeEnvironment("local");
  const env = parseEnv(process.env);
  try {
    const outcome = await withDatabase(env, async (database, opened) => {
      const tenantId = await findTenantId(database, tenant);
      if (tenantId === null) throw new Refusal("NotFound", `There is no tenant ${tenant}.`);
      const call = { database, tenantId, clock: systemClock, newId, requestId: newId("request"), actor: "system" };
      const { app: DATABASE_APP_URL, engine: DATABASE_ENGINE_URL } = opened.urls;
      const REHEARSAL_DATABASE_URL = await rehearsalUrl(env, opened);
      const known = { ...env, DATABASE_APP_URL, DATABASE_ENGINE_URL, REHEARSAL_DATABASE_URL };
      return auditNow({ ...call, blobs: blobStoreOf(env), env: known }, (title) => {
        if (!json) process.stderr.write(`${title} …\n`);
      });
    });
    process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : words(outcome));
    return outcome.verdict === "pass" ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
