import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import type { RunDetail } from "./run-detail";

/** The events that a run waits for, and which of them. */
export function RunAwaits({ awaits, zone }: { awaits: RunDetail["awaits"]; zone: string }) {
  return awaits.map(({ taskId, event, match, when, until }) => (
    <Notice key={taskId} tone="wait" title={`${taskId}: waits for the event ${event}`}>
      {Object.keys(match).length === 0 && when === null ? "Any such event will do, " : "One "}
      {Object.keys(match).length === 0 ? null : (
        <>
          whose data has <code>{JSON.stringify(match)}</code>
          {when === null ? ", " : " and "}
        </>
      )}
      {when === null ? null : (
        <>
          for which <code>{when}</code> holds,{" "}
        </>
      )}
      until <Moment at={until} zone={zone} />.
    </Notice>
  ));
}
