import { accessRouter } from "@/server/access/router";
import { accessReviewsRouter } from "@/server/access-reviews/router";
import { accountsRouter } from "@/server/accounts/router";
import { adaptersRouter } from "@/server/adapters/router";
import { apiKeysRouter } from "@/server/api-keys/router";
import { approvalsRouter } from "@/server/approvals/router";
import { auditsRouter } from "@/server/audits/router";
import { collectorsRouter } from "@/server/collectors/router";
import { complianceRouter } from "@/server/compliance/router";
import { decisionsRouter } from "@/server/decisions/router";
import { drillsRouter } from "@/server/drills/router";
import { driftRouter } from "@/server/drift/router";
import { evidenceRouter } from "@/server/evidence/router";
import { findingsRouter } from "@/server/findings/router";
import { holdsRouter } from "@/server/holds/router";
import { incidentsRouter } from "@/server/incidents/router";
import { membersRouter } from "@/server/members/router";
import { meteringRouter } from "@/server/metering/router";
import { mitigationsRouter } from "@/server/mitigations/router";
import { notificationsRouter } from "@/server/notifications/router";
import { onCallRouter } from "@/server/on-call/router";
import { billingRouter } from "@/server/billing/router";
import { bundlesRouter } from "@/server/bundles/router";
import { breakGlassRouter } from "@/server/break-glass/router";
import { policyChangesRouter } from "@/server/policy-changes/router";
import { pricingRouter } from "@/server/pricing/router";
import { quotasRouter } from "@/server/quotas/router";
import { receiptsRouter } from "@/server/receipts/router";
import { runsRouter } from "@/server/runs/router";
import { secretsRouter } from "@/server/secrets/router";
import { slosRouter } from "@/server/slos/router";
import { switchboardRouter } from "@/server/switchboard/router";
import { tenantsRouter } from "@/server/tenants/router";
import { triggersRouter } from "@/server/triggers/router";
import { trustPagesRouter } from "@/server/trust-pages/router";
import { workflowsRouter } from "@/server/workflows/router";
import { createRouter } from "./init";

/** Every procedure of the product, by feature. */
export const appRouter = createRouter({
  access: accessRouter,
  accessReviews: accessReviewsRouter,
  accounts: accountsRouter,
  adapters: adaptersRouter,
  apiKeys: apiKeysRouter,
  approvals: approvalsRouter,
  audits: auditsRouter,
  billing: billingRouter,
  breakGlass: breakGlassRouter,
  bundles: bundlesRouter,
  collectors: collectorsRouter,
  compliance: complianceRouter,
  decisions: decisionsRouter,
  drift: driftRouter,
  drills: drillsRouter,
  evidence: evidenceRouter,
  findings: findingsRouter,
  holds: holdsRouter,
  incidents: incidentsRouter,
  members: membersRouter,
  metering: meteringRouter,
  mitigations: mitigationsRouter,
  notifications: notificationsRouter,
  onCall: onCallRouter,
  policyChanges: policyChangesRouter,
  pricing: pricingRouter,
  quotas: quotasRouter,
  receipts: receiptsRouter,
  runs: runsRouter,
  secrets: secretsRouter,
  slos: slosRouter,
  switchboard: switchboardRouter,
  tenants: tenantsRouter,
  triggers: triggersRouter,
  trustPages: trustPagesRouter,
  workflows: workflowsRouter,
});

export type AppRouter = typeof appRouter;
