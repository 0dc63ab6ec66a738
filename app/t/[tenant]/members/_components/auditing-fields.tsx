import { TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { AUDITOR_DAYS_MAX } from "@/server/members/domain/auditor";

const DAY_MS = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** A month ahead, unless somebody says otherwise. */
export const usualEnd = () => dayIn(30);

/** A day as the server takes it: the moment at which it begins, in UTC. What is no day is told by the server. */
export const untilDay = (day: string) => `${day}T00:00:00.000Z`;

/** What an auditor is let in for. */
export function EngagementField(field: GetInputPropsReturnType) {
  return (
    <TextInput label="Engagement" placeholder="SOC 2 Type II, 2026" description="What they are here for." {...field} />
  );
}

/** Until when an auditor is let in. */
export function UntilField(field: GetInputPropsReturnType) {
  return (
    <TextInput
      type="date"
      label="Until"
      min={dayIn(1)}
      max={dayIn(AUDITOR_DAYS_MAX)}
      description={`They are out when this day begins, in UTC; within ${AUDITOR_DAYS_MAX} days.`}
      {...field}
    />
  );
}
