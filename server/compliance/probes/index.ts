import type { ProbeName } from "../domain/words";
import * as access from "./access";
import * as backup from "./backup";
import * as change from "./change";
import * as incident from "./incident";
import * as logging from "./logging";
import type { Probe } from "./probe";

/** Every probe by its name. */
export const PROBE_OF: Readonly<Record<ProbeName, Probe>> = {
  "tenant-walls": access.tenantWalls,
  "access-reviewed": access.accessReviewed,
  "grants-end": access.grantsEnd,
  "api-keys-bounded": access.apiKeysBounded,
  "secrets-sealed": access.secretsSealed,
  "secrets-young": access.secretsYoung,
  "sessions-bounded": access.sessionsBounded,
  "roles-apart": access.rolesApart,
  "break-glass-reviewed": access.breakGlassReviewed,
  "published-reviewed": change.publishedReviewed,
  "published-unchanged": change.publishedUnchanged,
  "policy-second-person": change.policySecondPerson,
  "approved-by-another": change.approvedByAnother,
  "policy-as-approved": change.policyAsApproved,
  "drift-clean": change.driftClean,
  "remediations-in-time": change.remediationsInTime,
  "receipts-chained": logging.receiptsChained,
  "heads-fresh": logging.headsFresh,
  "record-append-only": logging.recordAppendOnly,
  "slos-counted": logging.slosCounted,
  "clocks-agree": logging.clocksAgree,
  "incidents-taken-on": incident.incidentsTakenOn,
  "drill-recent": incident.drillRecent,
  "incidents-closed": incident.incidentsClosed,
  "kill-switch-works": incident.killSwitchWorks,
  "backup-restored": backup.backupRestored,
  "recovery-in-time": backup.recoveryInTime,
};
