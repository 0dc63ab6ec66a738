import { Moment } from "./moment";
import { Notice } from "./notice";

/** Says to an auditor, on every page, until when they are here and that what they open is logged. */
export function AuditorNotice({ until, zone }: { until: string; zone: string }) {
  return (
    <Notice tone="wait" title="You are here as an auditor">
      Until <Moment at={until} zone={zone} />. You read, and change nothing; what you open is logged, and the tenant
      sees the log.
    </Notice>
  );
}
