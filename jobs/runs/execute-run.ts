import { blobStoreOf } from "@/server/platform/blob-store";
import { egressPolicy } from "@/server/platform/egress-policy";
import { sendMail } from "@/server/platform/mailer";
import { type ExecutionContext, giveUpRun, keepArtefact, runStarted, runStopped } from "@/server/runs";
import { secretKeysOf } from "@/server/secrets";
import type { JobDeps } from "../deps";
import { carryOut } from "./carry-out";

function contextOf(
  { database, clock, newId, env }: JobDeps,
  facts: Pick<ExecutionContext, "tenantId" | "requestId" | "trace">,
): ExecutionContext {
  const { tenantId } = facts;
  return {
    ...{ database, clock, newId, ...facts },
    egress: egressPolicy(env.EGRESS_ALLOW),
    secretKeys: secretKeysOf(env),
    keepFile: (file) => keepArtefact(blobStoreOf(env), tenantId, file),
    sendMail: (mail) => sendMail({ database, env }, mail),
  };
}

/** What people read of a run that we could not carry out: the reason is in our log, under the run's id. */
const GIVEN_UP = {
  code: "internal",
  message: "Something broke on our side again and again, so this run was given up. Its finished steps were kept.",
};

/**
 * Carries out a run: one call for as many turns as follow each other without a pause. A run that cannot be carried out,
 * for a fault of ours and not of a step, ends as failed after its tries.
 */
export const executeRun = (deps: JobDeps) =>
  deps.client.createFunction(
    {
      id: "execute-run",
      triggers: [{ event: runStarted.name }],
      cancelOn: [{ event: runStopped.name, if: "event.data.runId == async.data.runId" }],
      // Turns are kept by the run itself: the engine may hear of several at once, and at the latest after a second.
      checkpointing: { bufferedSteps: 1_000, maxInterval: "1s" },
      retries: 10,
      onFailure: async ({ event, step, runId: requestId }) => {
        const started = runStarted.payload.safeParse(event.data.event.data);
        // An event that names no run of ours leaves none behind.
        if (!started.success) return;
        const { tenantId, runId } = started.data;
        const ctx = contextOf(deps, { tenantId, requestId });
        await step.run("give-up", () => giveUpRun(ctx, runId, GIVEN_UP));
      },
    },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, runId, trace } = runStarted.payload.parse(event.data);
      return carryOut(contextOf(deps, { tenantId, requestId, trace }), runId, step);
    },
  );
