import classes from "./status.module.css";

export type Tone = "ok" | "busy" | "wait" | "bad" | "off";

/** Every status the product has, in words and in one of five colours. */
const STATUSES: Readonly<Record<string, { word: string; tone: Tone }>> = {
  queued: { word: "Queued", tone: "wait" },
  "no-place": { word: "Queued (no place)", tone: "wait" },
  paused: { word: "Queued (paused)", tone: "wait" },
  running: { word: "Running", tone: "busy" },
  waiting: { word: "Waiting", tone: "wait" },
  succeeded: { word: "Succeeded", tone: "ok" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "off" },
  killed: { word: "Killed", tone: "bad" },
  reused: { word: "Reused", tone: "off" },
  skipped: { word: "Skipped", tone: "off" },
  draft: { word: "Draft", tone: "off" },
  in_review: { word: "In review", tone: "wait" },
  published: { word: "Published", tone: "ok" },
  retired: { word: "Retired", tone: "off" },
  approved: { word: "Approved", tone: "ok" },
  changes_requested: { word: "Changes requested", tone: "bad" },
  gated: { word: "Queued (approval)", tone: "wait" },
  rejected: { word: "Rejected", tone: "bad" },
  void: { word: "Void", tone: "off" },
  pending: { word: "Pending", tone: "wait" },
  accepted: { word: "Accepted", tone: "ok" },
  revoked: { word: "Revoked", tone: "off" },
  expired: { word: "Expired", tone: "off" },
  disabled: { word: "Disabled", tone: "off" },
  withdrawn: { word: "Withdrawn", tone: "off" },
  asked: { word: "Asked for", tone: "wait" },
  "glass-open": { word: "Open", tone: "bad" },
  ended: { word: "To be looked at", tone: "wait" },
  reviewed: { word: "Looked at", tone: "ok" },
  refused: { word: "Not opened", tone: "off" },
  open: { word: "Open", tone: "busy" },
  "incident-open": { word: "Open", tone: "bad" },
  mitigated: { word: "Mitigated", tone: "wait" },
  monitoring: { word: "Monitoring", tone: "busy" },
  resolved: { word: "Resolved", tone: "ok" },
  overdue: { word: "Overdue", tone: "bad" },
  closed: { word: "Closed", tone: "ok" },
  incomplete: { word: "Incomplete", tone: "bad" },
  kept: { word: "Kept", tone: "ok" },
  removed: { word: "Removed", tone: "bad" },
  undecided: { word: "Undecided", tone: "wait" },
  gone: { word: "Ended by itself", tone: "off" },
  active: { word: "Active", tone: "ok" },
  paid: { word: "Paid", tone: "ok" },
  uncollectible: { word: "Given up", tone: "bad" },
  "bundle-requested": { word: "Waits", tone: "wait" },
  "bundle-building": { word: "Being built", tone: "busy" },
  "bundle-failed": { word: "Failed", tone: "bad" },
  "bundle-dry-run": { word: "Dry run", tone: "off" },
  "bundle-complete": { word: "Complete", tone: "ok" },
  "bundle-incomplete": { word: "Incomplete", tone: "wait" },
  "control-passing": { word: "Passing", tone: "ok" },
  "control-partial": { word: "Partial", tone: "wait" },
  "control-stale": { word: "Stale", tone: "wait" },
  "control-unknown": { word: "Unknown", tone: "off" },
  "control-failing": { word: "Failing", tone: "bad" },
  "exception-in-force": { word: "Accepted", tone: "wait" },
  "exception-expired": { word: "Expired", tone: "off" },
  "exception-ended": { word: "Ended", tone: "off" },
  "probe-pass": { word: "Holds", tone: "ok" },
  "probe-unknown": { word: "Unknown", tone: "off" },
  "probe-fail": { word: "Does not hold", tone: "bad" },
  "drill-passed": { word: "Passed", tone: "ok" },
  "drill-failed": { word: "Failed", tone: "bad" },
  "slo-healthy": { word: "Healthy", tone: "ok" },
  "slo-at-risk": { word: "At risk", tone: "wait" },
  "slo-spent": { word: "Budget spent", tone: "bad" },
  "slo-paging": { word: "Paging", tone: "bad" },
  "slo-ticket": { word: "Ticket", tone: "wait" },
  "slo-no-data": { word: "No events yet", tone: "off" },
  "slo-on": { word: "On", tone: "bad" },
  "slo-quiet": { word: "Off", tone: "ok" },
  "slo-over": { word: "Over", tone: "off" },
  "slo-slow": { word: "Slow", tone: "wait" },
};

/** The word for a status; the status itself when the product does not know it. */
export const statusWord = (status: string) => STATUSES[status]?.word ?? status;

/** A status as a word and a colour, never a colour alone. */
export function Status({ status }: { status: string }) {
  return (
    <span className={classes.status} data-tone={STATUSES[status]?.tone ?? "off"}>
      {statusWord(status)}
    </span>
  );
}
