import { parseDocument } from "yaml";
import type { SloWindow } from "@/server/slos/domain/slo";
import type { OpenSloCondition, OpenSloFile, OpenSloPolicy, OpenSloSlo } from "./openslo-schema";
import {
  alertOf,
  minutesOf,
  percentText,
  type ReadAlert,
  readOpenSlo,
  sliOf,
  type Warn,
  windowOf,
} from "./read-openslo";
import { durationText, EVENTS } from "./series";

/** An edition's file with objectives of another file in the place of its own, and what could not be taken over. */
interface Imported {
  text: string;
  /** Ids of the SLOs that were taken. */
  taken: string[];
  warnings: { at: string; reason: string }[];
}

/** What our file says of an SLO that OpenSLO can say too. */
interface Taken {
  sli: string;
  objectivePercent: string;
  window: SloWindow;
  method: "occurrences" | { timeslices: string; good_percent: string };
  alerts: ReadAlert[];
}

/**
 * Puts the objectives of an OpenSLO file into an edition's file, whose comments and other parts stay. Throws OpenSloError
 * where the file is none; what comes back is still to be parsed, as any edition's file is.
 */
export function importOpenSlo(text: string, editionText: string): Imported {
  const file = readOpenSlo(text);
  const warnings: Imported["warnings"] = [];
  const warn: Warn = (at, reason) => warnings.push({ at, reason });
  const slos = file.flatMap((object) => (object.kind === "SLO" ? [object] : []));
  if (slos.length === 0) warn("the file", "holds no object of the kind SLO");
  const taken = slos.flatMap((slo) => takenOf(slo, file, warn) ?? []);
  return { text: written(editionText, taken, warn), taken: taken.map(({ sli }) => sli), warnings };
}

function takenOf(slo: OpenSloSlo, file: OpenSloFile, warn: Warn): Taken | null {
  const at = `SLO ${slo.metadata.name}`;
  const leave = (reason: string) => {
    warn(at, `is left out: ${reason}`);
    return null;
  };
  const sli = sliOf(slo);
  if (sli === null) return leave("none of this product's SLIs is named by it, its indicator or its annotation");
  const window = windowOf(slo, at, warn);
  if (window === null) return leave(`no window here is like ${slo.spec.timeWindow[0]?.duration ?? "its own"}`);
  const [objective, ...others] = slo.spec.objectives;
  if (objective === undefined) return leave("it has no objective");
  if (others.length > 0) warn(at, `has ${others.length + 1} objectives; the first is taken`);
  if (objective.value !== undefined)
    warn(at, "thresholds of metrics are not held: what is good is decided where it happens");
  if (slo.spec.budgetingMethod === "RatioTimeslices") return leave("the method RatioTimeslices is not held");
  if (!readsOurEvents(slo, file))
    warn(at, `the indicator's queries are not held: ${sli} counts this product's own events`);
  const method = methodOf(slo, objective);
  if (method === null) return leave(`its slices (${objective.timeSliceWindow ?? "of no length"}) are no minutes`);
  const alerts = policiesOf(slo, file, warn).flatMap((found) => alertOf(found, window, warn) ?? []);
  return {
    sli,
    objectivePercent: objective.targetPercent ?? percentText(objective.target ?? ""),
    window,
    method,
    alerts,
  };
}

function methodOf(
  { spec }: OpenSloSlo,
  { timeSliceTarget, timeSliceWindow }: OpenSloSlo["spec"]["objectives"][number],
) {
  if (spec.budgetingMethod === "Occurrences") return "occurrences" as const;
  if (timeSliceTarget === undefined || timeSliceWindow === undefined) return null;
  const minutes = /^\d+$/.test(timeSliceWindow) ? Number(timeSliceWindow) : minutesOf(timeSliceWindow);
  return minutes === 1 ? { timeslices: durationText(minutes), good_percent: percentText(timeSliceTarget) } : null;
}

function readsOurEvents({ spec }: OpenSloSlo, file: OpenSloFile): boolean {
  const named = file.find((object) => object.kind === "SLI" && object.metadata.name === spec.indicatorRef);
  return JSON.stringify(spec.indicator ?? named ?? {}).includes(EVENTS);
}

function policiesOf({ spec, metadata }: OpenSloSlo, file: OpenSloFile, warn: Warn) {
  return (spec.alertPolicies ?? []).flatMap((given): { policy: OpenSloPolicy; condition: OpenSloCondition }[] => {
    const name = typeof given === "string" ? given : "alertPolicyRef" in given ? given.alertPolicyRef : null;
    const policy =
      typeof given === "object" && "spec" in given
        ? given
        : file.flatMap((object) => (object.kind === "AlertPolicy" && object.metadata.name === name ? [object] : []))[0];
    const [asked] = policy?.spec.conditions ?? [];
    const condition =
      asked !== undefined && "conditionRef" in asked
        ? file.flatMap((object) =>
            object.kind === "AlertCondition" && object.metadata.name === asked.conditionRef ? [object] : [],
          )[0]
        : asked;
    if (policy !== undefined && condition !== undefined) return [{ policy, condition }];
    warn(`SLO ${metadata.name}`, `the alert policy ${name ?? ""} or its condition is not in the file`);
    return [];
  });
}

const windowNode = (window: SloWindow) =>
  window.kind === "rolling" ? { rolling: `${window.days}d` } : { calendar: "month", time_zone: window.timeZone };

const alertNode = ({ id, severity, budgetPercent, longMinutes, shortMinutes }: ReadAlert) => ({
  ...{ id, severity, budget_percent: budgetPercent },
  ...{ long: durationText(longMinutes), short: durationText(shortMinutes) },
});

/** The file with what was taken in it, one version further. */
function written(editionText: string, taken: readonly Taken[], warn: Warn): string {
  const document = parseDocument(editionText);
  const { slos = [], version = 0 } = document.toJS() as { slos?: { sli: string }[]; version?: number };
  let isTaken = false;
  for (const { sli, objectivePercent, window, method } of taken) {
    const place = slos.findIndex((slo) => slo.sli === sli);
    if (place === -1) {
      warn(`SLO ${sli}`, "is left out: the edition's file has none of this SLI");
      continue;
    }
    isTaken = true;
    document.setIn(["slos", place, "objective_percent"], objectivePercent);
    document.setIn(["slos", place, "window"], document.createNode(windowNode(window), { flow: true }));
    document.setIn(["slos", place, "method"], document.createNode(method, { flow: true }));
  }
  const [first, ...others] = taken.map(({ alerts }) => alerts.map(alertNode)).filter((alerts) => alerts.length > 0);
  if (first !== undefined) {
    if (others.some((alerts) => JSON.stringify(alerts) !== JSON.stringify(first)))
      warn("the alerts", "differ between SLOs; those of the first are taken for the edition");
    document.setIn(["alerts"], document.createNode([]));
    for (const alert of first) document.addIn(["alerts"], document.createNode(alert, { flow: true }));
  }
  if (isTaken) document.setIn(["version"], version + 1);
  return document.toString({ lineWidth: 0 });
}
