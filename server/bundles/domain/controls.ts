import type { ControlStatus } from "@/server/compliance/domain/status";

/** Coverage of every control as rows, in the order of ids; the first row names the columns. */
export function coverageRows(statuses: readonly ControlStatus[]): string[][] {
  const head = [
    "Control",
    "Title",
    "Stance",
    "State",
    "SOC 2",
    "ISO 27001:2022",
    "Owner",
    "Observed",
    "Next due",
    "Why",
  ];
  const rows = [...statuses]
    .sort((a, b) => (a.control.id < b.control.id ? -1 : 1))
    .map(({ control, state, why, observedAt, nextDueAt }) => [
      ...[control.id, control.title, control.stance, state, control.soc2.join(" "), control.iso27001.join(" ")],
      ...[control.owner, observedAt?.toISOString() ?? "never", nextDueAt?.toISOString() ?? ""],
      why.map(({ text }) => text).join("; "),
    ]);
  return [head, ...rows];
}
