import { sql } from "drizzle-orm";
import { boolean, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type GovernanceProfile, GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { moment } from "./columns";
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
    createdAt: moment("created_at").default(sql`now()`),
  },
  (t) => [
    uniqueIndex("tenants_slug_key").on(t.slug),
    oneOf("tenants_governance_profile_check", t.governanceProfile, GOVERNANCE_PROFILES),
  ],
);
