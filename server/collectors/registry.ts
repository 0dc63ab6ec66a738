import { accessReviewRecord } from "./access";
import { changeSample } from "./changes";
import type { Collector } from "./collector";
import { driftReport } from "./drift";
import { drillReports, incidentReport } from "./incidents";
import { receiptRange } from "./ledger";
import { sloCapture } from "./objectives";
import { policyBundle, policySimulation, policySnapshot } from "./policies";
import { ofRunningRelease } from "./release";

/** What is collected for every tenant, in this order. What probes, drills and audits say of themselves they keep themselves. */
export const COLLECTORS: readonly Collector[] = [
  ...[policySnapshot, policySimulation, policyBundle, ...ofRunningRelease],
  ...[sloCapture, incidentReport, drillReports, accessReviewRecord, changeSample, driftReport, receiptRange],
];
