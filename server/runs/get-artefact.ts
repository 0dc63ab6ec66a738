import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { runSteps } from "@/db/schema";
import { notFound, unavailable } from "@/server/kernel/errors";
import { blobStoreOf } from "@/server/platform/blob-store";
import { env } from "@/server/platform/env";
import { defineRead } from "@/server/verb";
import { artefactKey, artefactOf } from "./artefacts";
import { loadRun } from "./load-run";
import { artefactSchema } from "./schemas";

/**
 * A file that an evidence step attached to a run, once its bytes are seen to have the digest on record. Throws NotFound for
 * a step that attached none, Unavailable for a file that is gone or is not what was kept.
 */
export const getArtefact = defineRead({
  action: "run.read",
  input: artefactSchema,
  load: loadRun,
  read: async ({ tx }, { stepId }, { run }) => {
    const { tenantId } = run;
    const [step] = await tx
      .select({ type: runSteps.type, status: runSteps.status, output: runSteps.output })
      .from(runSteps)
      .where(and(eq(runSteps.tenantId, tenantId), eq(runSteps.runId, run.id), eq(runSteps.stepId, stepId)));
    if (step === undefined || step.type !== "evidence" || step.status !== "succeeded") throw notFound("artefact");
    const artefact = artefactOf(step.output);
    const bytes = await blobStoreOf(env()).get(artefactKey(tenantId, artefact.sha256));
    if (bytes === null || createHash("sha256").update(bytes).digest("hex") !== artefact.sha256)
      throw unavailable("The file is not there as it was kept. Its digest stands in the run's receipt.");
    // All that is attached is text.
    return { ...artefact, content: Buffer.from(bytes).toString("utf8") };
  },
});
