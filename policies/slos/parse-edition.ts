import { readYaml } from "@/policies/packs/read-yaml";
import { isReachable } from "@/server/slos/domain/burn";
import { SLI_DEFINITIONS } from "@/server/slos/domain/sli";
import { type AlertRule, longestPeriod, type SloSpec } from "@/server/slos/domain/slo";
import { EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";
import { type EditionFile, editionSchema } from "./schema";

/** What an edition promises, and what follows when it does not hold. */
export interface EditionSlos extends Pick<EditionFile, "edition" | "title" | "about" | "notify" | "sla"> {
  /** Which text of the file: it counts up with every change. */
  version: string;
  slos: readonly SloSpec[];
}

type File = EditionFile;
type Slo = File["slos"][number];
type Fault = { path: (string | number)[]; reason: string };

/** Reads an edition's file of SLOs; throws PackError with the line and the path of the first fault. */
export function parseEdition(text: string, file: string): EditionSlos {
  const { data, refuse } = readYaml(text, file, editionSchema);
  const [fault] = [...duplicates(data), ...data.slos.flatMap(sloFaults), ...alertFaults(data), ...termFaults(data)];
  if (fault !== undefined) throw refuse(fault.path, fault.reason);
  const { edition, version, title, about, notify, sla } = data;
  const alerts = data.alerts.map((alert) => alertRule(alert, data.guard[alert.severity]));
  return {
    ...{ edition, version: String(version), title, about, notify, sla },
    slos: data.slos.map((slo) => specOf(slo, alerts, data.guard.backstop)),
  };
}

const alertRule = (
  { id, severity, budget_percent, long, short }: File["alerts"][number],
  guard: File["guard"]["page"],
): AlertRule => ({
  ...{ id, severity, budgetPercent: budget_percent, longMinutes: long, shortMinutes: short },
  guard: { confidencePpm: guard.confidence_percent, minBad: guard.min_bad },
});

const specOf = (slo: Slo, alerts: readonly AlertRule[], backstop: File["guard"]["backstop"]): SloSpec => ({
  ...{ id: slo.id, title: slo.title, sli: slo.sli, targetPpm: slo.objective_percent },
  ...{ window: slo.window, method: slo.method, alerts },
  ...{ thresholdMs: slo.threshold_ms ?? null, deadlineMinutes: slo.deadline ?? null },
  backstop: { minBad: backstop.min_bad, budgetPercent: backstop.budget_percent, windowMinutes: backstop.over },
});

function duplicates({ slos, alerts, sla }: File): Fault[] {
  const again = <Key extends string>(
    path: readonly string[],
    key: Key,
    items: readonly Record<Key, string>[],
  ): Fault[] => {
    const ids = items.map((item) => item[key]);
    return ids.flatMap((id, place) =>
      ids.indexOf(id) === place ? [] : [{ path: [...path, place, key], reason: `there is another ${id}` }],
    );
  };
  return [
    ...again(["slos"], "id", slos),
    ...again(["alerts"], "id", alerts),
    ...again(["sla", "terms"], "slo", sla.terms),
  ];
}

/** What a file says of an SLO that its SLI cannot mean. */
function sloFaults({ id, sli, threshold_ms: threshold, deadline, excludes }: Slo, place: number): Fault[] {
  const definition = SLI_DEFINITIONS[sli];
  const at = (field: string, reason: string): Fault => ({ path: ["slos", place, field], reason });
  const faults: Fault[] = [];
  if (id !== sli) faults.push(at("id", `must be that of its SLI, ${sli}`));
  if (definition.threshold === "none" && threshold !== undefined)
    faults.push(at("threshold_ms", `${sli} knows no threshold`));
  if (definition.threshold === "one" && typeof threshold !== "number")
    faults.push(at("threshold_ms", `${sli} needs one threshold in milliseconds`));
  if (definition.threshold === "per-class")
    for (const name of EXECUTION_CLASSES)
      if (typeof threshold !== "object" || threshold[name] === undefined)
        faults.push(at("threshold_ms", `${sli} needs a threshold for the class ${name}`));
  if (definition.hasDeadline !== (deadline !== undefined))
    faults.push(
      at("deadline", definition.hasDeadline ? `${sli} needs one: what hangs would never count` : `${sli} knows none`),
    );
  const slowest = Math.max(0, ...(typeof threshold === "object" ? Object.values(threshold) : [threshold ?? 0]));
  if (deadline !== undefined && deadline * 60_000 < slowest)
    faults.push(at("deadline", "is before the threshold: what is still good would be counted as bad"));
  for (const name of definition.excludes)
    if (!excludes.includes(name)) faults.push(at("excludes", `${sli} leaves out ${name} as well`));
  for (const name of excludes)
    if (!definition.excludes.includes(name)) faults.push(at("excludes", `${sli} does not leave out ${name}`));
  return faults;
}

/** Alerts that could not fire, or would mean nothing. */
function alertFaults({ alerts, slos, guard }: File): Fault[] {
  return alerts.flatMap(({ long, short, budget_percent: share }, place) => {
    const at = (field: string, reason: string): Fault => ({ path: ["alerts", place, field], reason });
    const faults = short < long ? [] : [at("short", "must be shorter than the long window")];
    for (const { id, window, method, objective_percent: target } of slos) {
      const period = longestPeriod(window);
      if (Math.max(long, guard.backstop.over) > period) faults.push(at("long", `is longer than the window of ${id}`));
      if (method.kind === "timeslices" && short < method.sliceMinutes)
        faults.push(at("short", `is shorter than a slice of ${id}`));
      if (!isReachable({ budgetPercent: share, longMinutes: long }, { targetPpm: target, periodMinutes: period }))
        faults.push(
          at(
            "budget_percent",
            `can never fire for ${id}: even if all fails, less of its budget is spent in the long window`,
          ),
        );
    }
    return faults;
  });
}

/** Terms of the contract that nothing measures, or that do not follow from each other. */
function termFaults({ sla, slos }: File): Fault[] {
  return sla.terms.flatMap(({ slo, credits }, place) => {
    const promised = slos.find(({ id }) => id === slo);
    const at = (reason: string, ...path: (string | number)[]): Fault => ({
      path: ["sla", "terms", place, ...path],
      reason,
    });
    if (promised === undefined) return [at(`no SLO of this edition measures ${slo}`, "slo")];
    return credits.flatMap(({ below_percent: below, credit_percent: percent }, nth) => {
      const before = credits[nth - 1];
      if (below > promised.objective_percent)
        return [at("is owed although the objective is met", "credits", nth, "below_percent")];
      if (before === undefined) return [];
      if (below <= before.below_percent)
        return [at("must be above the one before it", "credits", nth, "below_percent")];
      return percent < before.credit_percent
        ? []
        : [at("must be less than for what is worse", "credits", nth, "credit_percent")];
    });
  });
}
