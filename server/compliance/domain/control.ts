import type { Role } from "@/policies/access/vocabulary";
import type { Area, EvidenceKind, ProbeName } from "./words";

/** A control of ours, and what shows that it holds. */
export interface Control {
  id: string;
  title: string;
  statement: string;
  area: Area;
  /** `owned`: a probe can find that it does not hold. `supported`: the product keeps evidence for whoever answers for it. */
  stance: "owned" | "supported";
  soc2: readonly string[];
  iso27001: readonly string[];
  feature: string;
  workflow: string;
  owner: Role;
  /** Days within which it is shown anew. */
  cadenceDays: number;
  evidenceKinds: readonly EvidenceKind[];
  probes: readonly ProbeName[];
  /** What is not there; null where nothing is to be said. */
  limits: string | null;
}

export interface ControlCatalogue {
  /** Grows with each change of a file. */
  version: string;
  areas: Readonly<Record<Area, string>>;
  controls: readonly Control[];
}
