import { text } from "drizzle-orm/pg-core";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import {
  DATA_SENSITIVITIES,
  type DataSensitivity,
  ENVIRONMENTS,
  type Environment,
  type Importance,
  IMPORTANCES,
  RISK_PROFILES,
  type RiskProfile,
} from "@/policies/access/vocabulary";
import { oneOf } from "./checks";

/** What a governed thing is, as policy sees it. Never null: a missing attribute must not slip past a threshold. */
export const resourceAttributes = {
  environment: text("environment").$type<Environment>().notNull(),
  region: text("region").notNull(),
  riskProfile: text("risk_profile").$type<RiskProfile>().notNull(),
  businessUnit: text("business_unit").notNull(),
  dataSensitivity: text("data_sensitivity").$type<DataSensitivity>().notNull(),
  importance: text("importance").$type<Importance>().notNull(),
};

type AttributeColumns = Record<"environment" | "riskProfile" | "dataSensitivity" | "importance", AnyPgColumn>;

/** Every attribute column holds a word of its vocabulary. */
export const attributeChecks = (table: string, t: AttributeColumns) => [
  oneOf(`${table}_environment_check`, t.environment, ENVIRONMENTS),
  oneOf(`${table}_risk_profile_check`, t.riskProfile, RISK_PROFILES),
  oneOf(`${table}_data_sensitivity_check`, t.dataSensitivity, DATA_SENSITIVITIES),
  oneOf(`${table}_importance_check`, t.importance, IMPORTANCES),
];
