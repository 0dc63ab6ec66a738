import { auditDue, beginWeekly, CHECKS, endAudit, listAudited, runCheck, sealAudit } from "@/server/audits";
import { blobStoreOf } from "@/server/platform/blob-store";
import type { JobDeps } from "../deps";

const actor = "job:run-audit";

/** Each Monday night has every tenant audited whose plan has the internal audit. */
export const auditEachWeek = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "run-audits-weekly", triggers: [{ cron: "17 3 * * 1" }], retries: 5 },
    async ({ step }) => {
      const due = await step.run("list", async () => {
        const begun: { tenantId: string; auditId: string }[] = [];
        for (const tenantId of await listAudited({ database, clock }))
          begun.push({ tenantId, auditId: await beginWeekly({ database, tenantId, clock, newId }, actor) });
        return begun;
      });
      if (due.length > 0)
        await step.sendEvent(
          "ask",
          due.map((data) => ({ name: auditDue.name, data })),
        );
      return { tenants: due.length };
    },
  );

/** Runs the checks of an audit one after the other, files what they found, and has it sealed into a bundle. */
export const runAudit = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    {
      ...{ id: "run-audit", triggers: [{ event: auditDue.name }], retries: 10 },
      concurrency: { limit: 1, key: "event.data.tenantId" },
    },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, auditId } = auditDue.payload.parse(event.data);
      const ctx = { database, tenantId, clock, newId, requestId, actor, blobs: blobStoreOf(env), env };
      for (const { id } of CHECKS) await step.run(`check ${id}`, () => runCheck(ctx, auditId, id));
      const ended = await step.run("end", () => endAudit(ctx, auditId));
      // Another bundle may be at work: this step is then tried again.
      await step.run("seal", () => sealAudit(ctx, auditId));
      return ended;
    },
  );
