import { Notice } from "@/app/_shared/notice";
import { statusWord } from "@/app/_shared/status";
import type { RunDetail } from "./run-detail";
import { runHref, stepAnchor, stepPage } from "./step-pages";

/** The step whose failure ended a run, with its place among the steps; null where none did. */
export function stepThatFailed({ failure, steps }: Pick<RunDetail, "failure" | "steps">) {
  const index = steps.findIndex(({ stepId }) => failure?.message.startsWith(`Step ${stepId}: `));
  const step = steps[index];
  return step === undefined ? null : { step, index };
}

/** Why a run ended as it did, with the way to the step that it comes from. */
export function RunFailure({ tenant, run }: { tenant: string; run: RunDetail }) {
  const { failure, status } = run;
  if (failure === null) return null;
  const found = stepThatFailed(run);
  const isFailed = status === "failed";
  return (
    <Notice
      tone={isFailed ? "bad" : "off"}
      title={isFailed ? `Failed: ${failure.code.replaceAll(/[-_]/g, " ")}` : statusWord(status)}
    >
      {found === null ? (
        failure.message
      ) : (
        <>
          <a
            href={`${runHref(`/t/${tenant}/runs/${run.id}`, "timeline", stepPage(run.steps.length, 1, found.index).page)}#${stepAnchor(found.step.stepId)}`}
          >
            {found.step.name}
          </a>
          {failure.message.slice(`Step ${found.step.stepId}`.length)}
        </>
      )}
    </Notice>
  );
}
