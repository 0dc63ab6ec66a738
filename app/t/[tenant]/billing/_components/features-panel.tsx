import { Panel } from "@/app/_shared/page";
import { LinesTable } from "@/app/_shared/pricing/lines-table";
import { GATES } from "@/policies/entitlements/gates";
import classes from "./features-panel.module.css";
import type { Plan } from "./plan-words";

type Row = Plan["features"][number];

function stateOf({ feature, closed, opensWith }: Row): string {
  const { state } = GATES[feature];
  if (state === "always") return "Always open";
  if (state === "unbuilt") return "Not in this release yet";
  if (closed === null) return "Part of the plan";
  if (closed === "read-only") return "Read-only";
  return closed === "held-back"
    ? "Switched off for now"
    : `Locked. Opens with ${opensWith[0] ?? "nothing that is sold"}`;
}

/** Every feature that is sold: what it is, and whether the tenant has it or what would open it. */
export function FeaturesPanel({ features }: { features: readonly Row[] }) {
  const lines = features.map((row) => ({
    name: row.title,
    cells: [
      <div key="now">
        {stateOf(row)}
        <div className={classes.what}>{row.what}</div>
      </div>,
    ],
  }));
  return (
    <Panel title="Features" isFlush>
      <LinesTable label="Feature" heads={["Now"]} lines={lines} isNumeric={false} />
    </Panel>
  );
}
