import controls from "@/policies/generated/controls.json";
import type { ControlCatalogue } from "@/server/compliance/domain/control";

export type { Control, ControlCatalogue } from "@/server/compliance/domain/control";
export { type Area, AREAS, type EvidenceKind, type ProbeName, PROBES } from "@/server/compliance/domain/words";

/** All controls: generated from the files of this folder, which were checked then. */
export const CONTROLS = controls as unknown as ControlCatalogue;
