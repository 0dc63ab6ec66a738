import { Notice } from "@/app/_shared/notice";
import { Panel } from "@/app/_shared/page";
import { LinesTable } from "@/app/_shared/pricing/lines-table";
import classes from "@/app/_shared/pricing/pricing.module.css";
import { Chance, Tornado } from "./charts";
import { guardrailLines } from "./guardrail-lines";
import type { Month } from "./shown";

/** One month: what keeps it in bounds, what it is sensitive to, and what that means in words. */
export function MonthView({ name, month: { sensitivity } }: { name: string; month: Month }) {
  if (sensitivity === null)
    return (
      <Notice tone="wait" title={`${name}: the plan does not carry so much`}>
        A larger plan is required, so there is no price and no margin.
      </Notice>
    );
  const { notes, tornado, monteCarlo } = sensitivity;
  return (
    <>
      <Panel title={`${name}: what it says`}>
        <ul className={classes.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </Panel>
      <Panel title={`${name}: guardrails`} isFlush>
        <LinesTable
          label="Guardrail"
          heads={["Now", "Figures"]}
          lines={guardrailLines(sensitivity)}
          isNumeric={false}
        />
      </Panel>
      <Panel title={`${name}: chance`}>
        <Chance draws={monteCarlo} />
      </Panel>
      <Panel title={`${name}: one thing at a time`} isFlush>
        <Tornado rows={tornado} of="margin" />
        <Tornado rows={tornado} of="profit" />
      </Panel>
    </>
  );
}
