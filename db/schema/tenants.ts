import { sql } from "drizzle-orm";
import { boolean, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type GovernanceProfile, GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import type { Choice, Tightening } from "@/policies/packs/tightening";
import { jsonText, moment } from "./columns";
import { oneOf } from "./checks";

/** The root of the wall: its own id is the tenant id that every other tenant table carries. */
export const tenants = pgTable(
  "tenants",
  {
    tenantId: text("tenant_id").primaryKey(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    isOperator: boolean("is_operator").notNull().default(false),
    governanceProfile: text("governance_profile").$type<GovernanceProfile>().notNull(),
    /** What the tenant is stricter in than its pack. */
    tightening: jsonText<Tightening>("tightening").notNull().default({}),
    /** Another choice that waits for its second person: until then the stricter answer of both counts. */
    pendingPolicy: jsonText<Choice>("pending_policy"),
    /** Its pack is the deployment's default: another default is a change that waits for somebody of the tenant. */
    followsDefault: boolean("follows_default").notNull().default(false),
    createdAt: moment("created_at").default(sql`now()`),
  },
  (t) => [
    uniqueIndex("tenants_slug_key").on(t.slug),
    oneOf("tenants_governance_profile_check", t.governanceProfile, GOVERNANCE_PROFILES),
  ],
);
