import { z } from "zod";
import {
  type Action,
  ALL_ACTIONS,
  APPROVER_ROLES,
  ENVIRONMENTS,
  GOVERNANCE_PROFILES,
  RISK_PROFILES,
  ROLES,
} from "@/policies/access/vocabulary";

/** The highest risk allowed, or that it is not allowed at all. */
export const ceilingSchema = z
  .enum([...RISK_PROFILES, "none"])
  .describe("The highest risk profile allowed there; `none`: not at all.");
export type Ceiling = z.output<typeof ceilingSchema>;

const perEnvironment = z.strictObject({ dev: ceilingSchema, staging: ceilingSchema, prod: ceilingSchema });
const roles = z.array(z.enum(ROLES)).min(1);

const stage = z.strictObject({
  role: z.enum(APPROVER_ROLES).describe("Who is asked."),
  quorum: z.number().int().min(1).max(5).describe("How many different people of that role have to agree."),
  expires_hours: z.number().int().min(1).max(720).describe("How long the stage waits, in hours."),
});

export const lineSchema = z.strictObject({
  environment: z.array(z.enum(ENVIRONMENTS)).min(1).optional().describe("Where it counts; everywhere, if left out."),
  risk: z.array(z.enum(RISK_PROFILES)).min(1).optional().describe("At which risk it counts; at any, if left out."),
  stages: z.array(stage).max(5).describe("Asked one after the other. Empty: nobody is asked."),
});
export type ChainLine = z.output<typeof lineSchema>;

/**
 * What can be confined: no reads. Whoever may not see that something is there cannot be told why they may not touch it, and
 * lists filter by clearance alone.
 */
export const CONFINABLE = ALL_ACTIONS.filter((action) => !action.endsWith(".read")) as [Action, ...Action[]];

const confined = z.array(z.enum(CONFINABLE));

/** A governance pack, as its file says it. */
export const packSchema = z.strictObject({
  pack: z.enum(GOVERNANCE_PROFILES),
  version: z.number().int().min(1).describe("Counts up with every change of the file."),
  title: z.string().min(1).max(60),
  about: z.string().min(1).max(200),
  thresholds: z
    .strictObject({
      author: z.partialRecord(z.enum(ROLES), perEnvironment).describe("Writing and submitting versions."),
      review: z.partialRecord(z.enum(ROLES), perEnvironment).describe("Approving and publishing versions."),
      run: z.partialRecord(z.enum(ROLES), perEnvironment).describe("Starting runs, by hand and by triggers."),
    })
    .describe("The highest risk at which a role may do something, per environment."),
  approvals: z
    .strictObject({ publish: z.array(lineSchema), run: z.array(lineSchema) })
    .describe("Who has to agree before. The first line that fits counts; where none fits, nobody is asked."),
  kill_switch: z.strictObject({ run: roles, workflow: roles, tenant: roles }).describe("Who may stop what."),
  break_glass: z.strictObject({
    minutes: z.number().int().min(0).max(60).describe("The longest that it stays open, in minutes; 0: never."),
    second_person: z.boolean().describe("Whether somebody else has to open it."),
  }),
  confined: z
    .strictObject({
      region: confined.describe("What people do in their own region only. Not even break-glass opens it."),
      business_unit: confined.describe("What people do in their own business unit only, unless break-glass is open."),
    })
    .describe("Where people act only on what is theirs."),
});
export type Pack = z.output<typeof packSchema>;

/** What thresholds limit; a rule names one of them as `within`. */
export type ThresholdName = keyof Pack["thresholds"];
/** What can be stopped by whom a pack says; a rule names one of them as `stops`. */
export type KillScope = keyof Pack["kill_switch"];
/** What chains of approval stand before. */
export type Chained = keyof Pack["approvals"];
