import type { Rule } from "../rule";
import { ROLES } from "../vocabulary";

export const runRules: readonly Rule[] = [
  {
    id: "run-read",
    title: "Every member sees runs up to their clearance",
    why: "What a run carried may be more sensitive than who looks.",
    roles: ROLES,
    actions: ["run.read"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "run-start",
    title: "Operators start runs, and authors try out what is of little risk",
    why: "Running what is published is the operator's duty; an author who cannot try a workflow publishes it untried.",
    roles: { within: "run" },
    actions: ["run.start"],
    when: { atoms: { same_tenant: true, cleared: true } },
  },
  {
    id: "run-stop",
    title: "Whoever holds the kill switch of runs cancels and kills them",
    why: "Stopping is the safe direction: it needs no clearance and no second person.",
    roles: { stops: "run" },
    actions: ["run.cancel", "run.kill"],
    when: { atoms: { same_tenant: true } },
  },
];
