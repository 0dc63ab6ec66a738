import { z } from "zod";
import * as accessReviews from "@/server/access-reviews/events";
import * as adapters from "@/server/adapters/events";
import * as apiKeys from "@/server/api-keys/events";
import * as approvals from "@/server/approvals/events";
import * as audits from "@/server/audits/events";
import * as billing from "@/server/billing/events";
import * as breakGlass from "@/server/break-glass/events";
import * as bundles from "@/server/bundles/events";
import * as collectors from "@/server/collectors/events";
import * as compliance from "@/server/compliance/events";
import * as drills from "@/server/drills/events";
import * as drift from "@/server/drift/events";
import * as findings from "@/server/findings/events";
import * as holds from "@/server/holds/events";
import * as incidents from "@/server/incidents/events";
import * as members from "@/server/members/events";
import * as policyChanges from "@/server/policy-changes/events";
import * as quotas from "@/server/quotas/events";
import * as runs from "@/server/runs/events";
import * as secrets from "@/server/secrets/events";
import * as slos from "@/server/slos/events";
import * as tenants from "@/server/tenants/events";
import * as triggers from "@/server/triggers/events";
import * as workflows from "@/server/workflows/events";
import type { EventDefinition } from "@/server/kernel/event";

const FEATURES = {
  accessReviews,
  adapters,
  apiKeys,
  approvals,
  audits,
  billing,
  breakGlass,
  bundles,
  collectors,
  compliance,
  drift,
  findings,
  drills,
  holds,
  incidents,
  members,
  policyChanges,
  quotas,
  runs,
  secrets,
  slos,
  tenants,
  triggers,
  workflows,
};

const isDefinition = (value: unknown): value is EventDefinition =>
  typeof value === "object" && value !== null && "name" in value && "payload" in value;

/** Every event of the product, with the fields of its payload. */
export function eventTable(): string {
  const definitions = Object.values(FEATURES).flatMap((feature) => Object.values(feature).filter(isDefinition));
  const rows = definitions
    .map(({ name, payload }) => {
      const fields = Object.keys((z.toJSONSchema(payload) as { properties?: object }).properties ?? {});
      return `| \`${name}\` | ${fields.map((field) => `\`${field}\``).join(", ")} |`;
    })
    .sort();
  return [
    "# Events",
    "",
    "Generated from each feature's `events.ts`. A verb records its events in its own transaction (`db/outbox.ts`).",
    "",
    "| Event | Payload |",
    "|---|---|",
    ...rows,
    "",
  ].join("\n");
}
