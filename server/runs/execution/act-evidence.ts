import { createHash } from "node:crypto";
import { Refusal } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import type { StepOf } from "@/server/workflows/domain/step";
import { renderJson, renderText, type TemplateScope } from "@/server/workflows/domain/template";
import type { Artefact } from "../artefacts";
import { MAX_FILE_BYTES } from "../domain/limits";
import type { ExecutionContext } from "./context";
import { StepFailure } from "./step-failure";

/** A name that is a file's on every system: no path, nothing that is not seen. */
const fileName = (text: string): string =>
  text
    .replaceAll(/[\p{C}/\\:*?"<>|]+/gu, "_")
    .slice(0, 120)
    .trim() || "evidence";

/**
 * Keeps a file for the run and gives its digest, which the run's receipt repeats. Throws StepFailure: `too-large`, or
 * `store` (retriable) while the blob store cannot take it.
 */
export async function actEvidence(
  ctx: ExecutionContext,
  step: StepOf<"evidence">,
  scope: TemplateScope,
): Promise<{ input: Json; output: Json }> {
  const rendered = renderJson(step.content, scope);
  const isJson = step.media_type === "application/json";
  const text = isJson || typeof rendered !== "string" ? `${JSON.stringify(rendered, null, 2)}\n` : rendered;
  const content = Buffer.from(text, "utf8");
  const input = { file: fileName(renderText(step.file, scope)), mediaType: step.media_type };
  if (content.length > MAX_FILE_BYTES)
    throw new StepFailure("too-large", `The file has ${content.length} bytes; ${MAX_FILE_BYTES} is the most.`, {
      input,
    });
  const sha256 = createHash("sha256").update(content).digest("hex");
  const output: Artefact = { ...input, bytes: content.length, sha256 };
  try {
    await ctx.keepFile({ sha256, content });
  } catch (error) {
    if (error instanceof Refusal) throw new StepFailure("store", error.message, { input, isRetriable: true });
    throw error;
  }
  return { input, output: { ...output } };
}
