import type { ControlState, ControlStatus } from "@/server/compliance/domain/status";

/** What anybody reads of a control: that it is there and how it stands, and neither why nor who answers for it. */
export interface PublicControl {
  id: string;
  title: string;
  stance: "owned" | "supported";
  state: ControlState;
  soc2: readonly string[];
  iso27001: readonly string[];
  /** When it was last looked at, ISO 8601; null while nobody has. */
  seenAt: string | null;
}

/** The control without what is the tenant's own: reasons, findings, evidence, exceptions and people stay inside. */
export const publicControl = ({ control, state, observedAt }: ControlStatus): PublicControl => ({
  ...{ id: control.id, title: control.title, stance: control.stance, state },
  ...{ soc2: control.soc2, iso27001: control.iso27001, seenAt: observedAt?.toISOString() ?? null },
});
