import type { InngestFunction } from "inngest";
import { askReviewers } from "./access-reviews/ask-reviewers";
import { keepEvidence } from "./access-reviews/keep-evidence";
import { tendReviews } from "./access-reviews/tend-reviews";
import { askApprovers, notifyRequester } from "./approvals/ask-approvers";
import { settleApprovals } from "./approvals/settle-approvals";
import { auditEachWeek, runAudit } from "./audits/run-audit";
import { rehearseEachNight, rehearseRestore } from "./backups/rehearse-restore";
import { applyGrant } from "./billing/apply-grant";
import { syncCustomer } from "./billing/sync-customer";
import { tellOfPayments, tendTrialsEachHour } from "./billing/tell-administrators";
import { pushLastUsage, pushUsage } from "./billing/push-usage";
import { compareBilling, tendBilling } from "./billing/tend-billing";
import { compareUsage, watchUsage } from "./billing/tend-usage";
import { settleBreakGlass } from "./break-glass/settle-break-glass";
import { notifyBreakGlassAsked, notifyBreakGlassEnded, notifyBreakGlassOpened } from "./break-glass/tell-people";
import { buildBundle } from "./bundles/build-bundle";
import { forgetBundlesEachNight, removeBundleFiles } from "./bundles/forget-bundles";
import { probeControls, probeEachDay } from "./compliance/probe-controls";
import type { JobDeps } from "./deps";
import { detectDriftEachMinute, tellAdministrators } from "./drift/detect-drift";
import { runDrill } from "./drills/run-drill";
import { retestFinding } from "./findings/retest-finding";
import { tellOfOverdue, tendFindings } from "./findings/tend-findings";
import { settleHolds } from "./holds/settle-holds";
import { collectEachNight, collectEvidence } from "./evidence/collect-evidence";
import { escalateIncident, tellOfRepeats } from "./incidents/escalate-incident";
import { sendIncidentMessage } from "./incidents/send-message";
import { endAuditors } from "./members/end-auditors";
import { sendInvitation } from "./members/send-invitation";
import { mitigate, tendMitigationsEachMinute } from "./mitigations/mitigate";
import { purgeEngine } from "./platform/purge-engine";
import { purgeExpired } from "./platform/purge-expired";
import { purgeHistory } from "./platform/purge-history";
import { serveFunctions } from "./platform/serve";
import { notifyAuthors, notifyReviewers, notifyStarter } from "./notifications/tell-people";
import { followDefault } from "./policy-changes/follow-default";
import { notifyPolicyDeciders, notifyPolicyProposer } from "./policy-changes/tell-people";
import { applyQuotas } from "./quotas/apply-quotas";
import { watchQuotas } from "./quotas/watch-quotas";
import { anchorReceiptHeads } from "./receipts/anchor-heads";
import { deliverEvents } from "./runs/deliver-events";
import { executeRun } from "./runs/execute-run";
import { countRuns } from "./slos/count-runs";
import { countOverdue, giveObjectives, judgeSlos, recountEachHour } from "./slos/judge-slos";
import { forgetEnded } from "./secrets/forget-ended";
import { setUpTenant } from "./tenants/set-up-tenant";
import { fireEvents } from "./triggers/fire-events";
import { fireSchedules } from "./triggers/fire-schedules";

/** Every background function of the product, for whichever engine runs them. */
export function createFunctions(deps: JobDeps): InngestFunction.Any[] {
  return [
    executeRun(deps),
    deliverEvents(deps),
    countRuns(deps),
    judgeSlos(deps),
    countOverdue(deps),
    giveObjectives(deps),
    recountEachHour(deps),
    mitigate(deps),
    runDrill(deps),
    tendMitigationsEachMinute(deps),
    settleHolds(deps),
    askApprovers(deps),
    notifyRequester(deps),
    settleApprovals(deps),
    askReviewers(deps),
    keepEvidence(deps),
    tendReviews(deps),
    fireSchedules(deps),
    fireEvents(deps),
    setUpTenant(deps),
    applyGrant(deps),
    syncCustomer(deps),
    tellOfPayments(deps),
    tendTrialsEachHour(deps),
    tendBilling(deps),
    compareBilling(deps),
    pushUsage(deps),
    pushLastUsage(deps),
    compareUsage(deps),
    watchUsage(deps),
    applyQuotas(deps),
    watchQuotas(deps),
    detectDriftEachMinute(deps),
    tellAdministrators(deps),
    escalateIncident(deps),
    tellOfRepeats(deps),
    sendIncidentMessage(deps),
    anchorReceiptHeads(deps),
    buildBundle(deps),
    removeBundleFiles(deps),
    forgetBundlesEachNight(deps),
    collectEachNight(deps),
    collectEvidence(deps),
    probeEachDay(deps),
    probeControls(deps),
    auditEachWeek(deps),
    runAudit(deps),
    retestFinding(deps),
    tendFindings(deps),
    tellOfOverdue(deps),
    rehearseEachNight(deps),
    rehearseRestore(deps),
    endAuditors(deps),
    sendInvitation(deps),
    purgeEngine(deps),
    purgeExpired(deps),
    purgeHistory(deps),
    forgetEnded(deps),
    notifyAuthors(deps),
    notifyReviewers(deps),
    notifyStarter(deps),
    followDefault(deps),
    notifyPolicyDeciders(deps),
    notifyPolicyProposer(deps),
    settleBreakGlass(deps),
    notifyBreakGlassAsked(deps),
    notifyBreakGlassOpened(deps),
    notifyBreakGlassEnded(deps),
  ];
}

/** Answers Inngest at `/api/inngest`; 404 with the embedded executor. */
export const serveInngest = (request: Request): Promise<Response> => serveFunctions(request, createFunctions);
