import { z } from "zod";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { matrixOf } from "@/policies/compile/matrix";
import { shippedPolicy } from "@/policies/packs";
import { packSchema } from "@/policies/packs/schema";
import { tighteningSchema } from "@/policies/packs/tightening";
import { editionSchema } from "@/policies/slos/schema";
import { matrixCsv } from "@/jobs/cli/matrix";

type Schema = z.core.JSONSchema.JSONSchema;

const jsonSchemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: "input" });
const written = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

/** The parts of a file that say what they are for, by their path. */
function parts({ properties = {}, items }: Schema, prefix = ""): string[] {
  const within = Object.entries(properties).flatMap(([name, schema]) => {
    if (!isSchema(schema)) return [];
    const path = prefix === "" ? name : `${prefix}.${name}`;
    const own =
      schema.description === undefined ? [] : [`| \`${path}\` | ${schema.description.replaceAll("|", "\\|")} |`];
    return [...own, ...parts(schema, path)];
  });
  return [...within, ...(isSchema(items) && !Array.isArray(items) ? parts(items, `${prefix}[]`) : [])];
}

const table = (schema: Schema) => ["| Part | What it says |", "| --- | --- |", ...parts(schema), ""];

/** What a pack's file and a tenant's tightening may say. */
export const policyConfiguration = (): string =>
  [
    "# Configuration of policy",
    "",
    "Generated from the schemas that read it. As JSON Schema: `policies/generated/schemas/`. A file with a fault is refused",
    "with the line.",
    "",
    "## A pack",
    "",
    "`policies/packs/*.yaml`. Which of them a new tenant begins with, `CONDUCTOR_GOVERNANCE_PROFILE` says.",
    "",
    ...table(jsonSchemaOf(packSchema)),
    "## A tightening",
    "",
    "What a tenant is stricter in than its pack, proposed on its page Policy, Changes. It may leave out all of it; what is looser",
    "than the pack is refused, and so is what would break a promise, with a question that shows it.",
    "",
    ...table(jsonSchemaOf(tighteningSchema)),
    "## What an edition promises",
    "",
    "`policies/slos/*.yaml`. How to change it, and what follows: [SLOs](../guides/slos.md).",
    "",
    ...table(jsonSchemaOf(editionSchema)),
  ].join("\n");

/** The schemas, and who may do what under each pack, for programs: file name and text. */
export const policyData = (): { file: string; text: () => string }[] => [
  { file: "policies/generated/schemas/pack.schema.json", text: () => written(jsonSchemaOf(packSchema)) },
  { file: "policies/generated/schemas/tightening.schema.json", text: () => written(jsonSchemaOf(tighteningSchema)) },
  ...GOVERNANCE_PROFILES.flatMap((profile) => [
    {
      file: `policies/generated/matrices/${profile}.json`,
      text: () => written({ revision: shippedPolicy(profile).revision, actions: matrixOf(shippedPolicy(profile)) }),
    },
    { file: `policies/generated/matrices/${profile}.csv`, text: () => matrixCsv([shippedPolicy(profile)]) },
  ]),
];
