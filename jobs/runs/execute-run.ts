import { egressPolicy } from "@/server/platform/egress-policy";
import { sendMail } from "@/server/platform/mailer";
import { type ExecutionContext, runStarted, runStopped } from "@/server/runs";
import type { JobDeps } from "../deps";
import { carryOut } from "./carry-out";

/** Carries out a run: one call per step, each finished step kept, so that a crash costs no finished work. */
export const executeRun = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    {
      id: "execute-run",
      triggers: [{ event: runStarted.name }],
      cancelOn: [{ event: runStopped.name, if: "event.data.runId == async.data.runId" }],
      retries: 10,
    },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, runId } = runStarted.payload.parse(event.data);
      const ctx: ExecutionContext = {
        ...{ database, tenantId, clock, newId, requestId },
        egress: egressPolicy(env.EGRESS_ALLOW),
        sendMail: (mail) => sendMail({ database, env }, mail),
      };
      return carryOut(ctx, runId, step);
    },
  );
