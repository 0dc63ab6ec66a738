import type { z } from "zod";
import { definitionJsonSchema } from "../definition-schema";

type Schema = z.core.JSONSchema.JSONSchema;

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;
/** As code, also where a backtick stands in it. */
const code = (text: string) => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);
const plural = (words: string) => (words.startsWith("list") ? words : `${words}s`);

/** The schema of a map's values, or of a list's items; undefined for what is neither. */
const within = ({ items, additionalProperties }: Schema): Schema | undefined =>
  [items, additionalProperties].find((each): each is Schema => isSchema(each) && !Array.isArray(each));

function typeWords(schema: Schema): string {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((each) => code(JSON.stringify(each))).join(", ");
  // The one recursive part of a definition.
  if (schema.$ref !== undefined) return "any JSON";
  if (schema.oneOf !== undefined) return "step";
  const inner = within(schema);
  if (schema.type === "array" && inner !== undefined) return `list of ${plural(typeWords(inner))}`;
  if (schema.type === "object" && inner !== undefined) return `${plural(typeWords(inner))} by name`;
  return schema.type === "string" ? "text" : String(schema.type ?? "any JSON");
}

function range(from: number | undefined, to: number | undefined, unit: string): string[] {
  if (from === undefined && to === undefined) return [];
  if (to === undefined) return [`at least ${from ?? 0}${unit}`];
  return [from === undefined ? `at most ${to}${unit}` : `${from} to ${to}${unit}`];
}

/** What is asked of a value besides its type. */
function bounds(schema: Schema): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, format, propertyNames } = schema;
  // A format brings a pattern of its own, which says no more.
  const shape = format === "email" ? ["an e-mail address"] : pattern === undefined ? [] : [code(pattern)];
  const names =
    isSchema(propertyNames) && propertyNames.pattern !== undefined ? [`names ${code(propertyNames.pattern)}`] : [];
  return [
    ...range(minimum, maximum, ""),
    ...range(minLength, maxLength, " characters"),
    ...range(minItems, maxItems, " entries"),
    ...shape,
    ...names,
    ...(isSchema(schema.items) && !Array.isArray(schema.items)
      ? bounds(schema.items).map((each) => `each ${each}`)
      : []),
  ];
}

const cell = (text: string) => (text === "" ? "–" : text.replaceAll("|", "\\|"));

/** A row for each field, those of an object within named by their path; `steps` and inputs have tables of their own. */
function rows({ properties = {}, required = [] }: Schema, prefix = ""): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (!isSchema(schema)) return [];
    const inner = within(schema);
    const listed = inner?.properties === undefined ? undefined : inner;
    const type =
      listed === undefined ? typeWords(schema) : schema.type === "array" ? "list of objects" : "objects by name";
    const left = required.includes(name)
      ? "must be given"
      : schema.default === undefined
        ? ""
        : code(JSON.stringify(schema.default));
    const own = [code(`${prefix}${name}`), type, bounds(schema).join("; "), left, schema.description ?? ""];
    const nested = schema.properties === undefined ? listed : schema;
    const below =
      nested === undefined
        ? []
        : rows(nested, `${prefix}${name}${nested === schema ? "." : schema.type === "array" ? "[]." : ".*."}`);
    return [`| ${own.map(cell).join(" | ")} |`, ...below];
  });
}

const table = (schema: Schema): string[] => [
  "| Field | Type | Bounds | When left out | What it is |",
  "|---|---|---|---|---|",
  ...rows(schema),
  "",
];

const typeOf = ({ properties = {} }: Schema): string => {
  const { type } = properties;
  return isSchema(type) ? String(type.const) : "";
};

/** Every field of a definition and of each type of step. */
export function workflowDefinition(): string {
  const schema: Schema = definitionJsonSchema();
  const { steps } = schema.properties ?? {};
  const kinds = (isSchema(steps) ? within(steps)?.oneOf : undefined) ?? [];
  return [
    "# Workflow definition",
    "",
    "Generated from `server/workflows/domain/definition.ts` and `step.ts`. The same as JSON Schema, for editors:",
    "`npx conductor validate --schema`. Rules between fields and steps are no part of it; `npx conductor validate <file>`",
    "checks them too. No other fields are accepted. Lengths are in UTF-16 units.",
    "",
    ...table(schema),
    ...kinds.filter(isSchema).flatMap((kind) => [`## A step of type ${code(typeOf(kind))}`, "", ...table(kind)]),
  ].join("\n");
}
