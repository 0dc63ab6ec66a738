import { LinkTabs } from "@/app/_shared/link-tabs";
import { Panel } from "@/app/_shared/page";
import type { RunViewKind } from "../search-params";
import type { RunDetail } from "./run-detail";
import classes from "./run-steps.module.css";
import { runHref, stepPage } from "./step-pages";
import { StepTimeline } from "./step-timeline";
import { layoutWaterfall } from "./waterfall";
import { WaterfallTable } from "./waterfall-table";

interface Props {
  tenant: string;
  run: RunDetail;
  zone: string;
  now: number;
  view: RunViewKind;
  page: number;
  /** A run may be repeated from a step; null where it may not. */
  onRepeat: ((step: { id: string; name: string }) => void) | null;
}

/** The steps that a run has begun, as a timeline or a waterfall, a page of them at a time. */
export function RunSteps({ tenant, run, zone, now, view, page: asked, onRepeat }: Props) {
  const path = `/t/${tenant}/runs/${run.id}`;
  const { page, pages, from, to } = stepPage(run.steps.length, asked);
  const steps = run.steps.slice(from, to);
  const tabs = [
    { href: runHref(path, "timeline"), name: "Timeline", isHere: view === "timeline" },
    { href: runHref(path, "waterfall"), name: "Waterfall", isHere: view === "waterfall" },
  ];
  const begun = run.steps.length === 1 ? "1 step begun" : `${run.steps.length} steps begun`;
  return (
    <>
      <LinkTabs label="How the steps are shown" tabs={tabs} />
      <Panel
        title="Progress"
        isFlush
        aside={<span>{pages === 1 ? begun : `${begun}, ${from + 1} to ${to} shown`}</span>}
      >
        {run.steps.length === 0 && (view === "timeline" || run.startedAt !== null) ? (
          <p className={classes.none}>
            {run.endedAt === null ? "No step has begun yet." : "It ended before any step began."}
          </p>
        ) : view === "waterfall" ? (
          <WaterfallTable waterfall={layoutWaterfall(run, steps, now)} label="Steps of the run over its time" />
        ) : (
          <StepTimeline tenant={tenant} run={run} steps={steps} zone={zone} now={now} onRepeat={onRepeat} />
        )}
        {pages === 1 ? null : (
          <nav className={classes.pages} aria-label="Pages of steps">
            {page === 1 ? null : <a href={runHref(path, view, page - 1)}>Earlier steps</a>}
            {page === pages ? null : <a href={runHref(path, view, page + 1)}>Later steps</a>}
          </nav>
        )}
      </Panel>
    </>
  );
}
