import { z } from "zod";
import { requestSchemaIn } from "@/policies/access/request";
import { ALL_ACTIONS, type Subject, subjectOf } from "@/policies/access/vocabulary";
import { isOneOf, quoted, rule } from "./rego-terms";

/** The parts of JSON Schema that the schema of a request comes to; anything else is refused while compiling. */
const valueSchema = z.union([
  z.strictObject({ type: z.literal("string"), const: z.string() }),
  z.strictObject({ type: z.literal("string"), enum: z.array(z.string()) }),
  z.strictObject({ type: z.literal("string"), minLength: z.number(), maxLength: z.number() }),
  z.strictObject({ type: z.literal("boolean"), description: z.string().optional() }),
]);
const attributeSchema = z.union([
  valueSchema,
  z.strictObject({ type: z.literal("array"), maxItems: z.number(), items: valueSchema }),
]);
const objectSchema = z.strictObject({
  type: z.literal("object"),
  properties: z.record(z.string(), attributeSchema),
  required: z.array(z.string()),
  additionalProperties: z.literal(false),
});
const wholeSchema = z.strictObject({
  $schema: z.string(),
  type: z.literal("object"),
  properties: z.strictObject({
    principal: objectSchema,
    action: valueSchema,
    resource: z.strictObject({ oneOf: z.array(objectSchema) }),
  }),
  required: z.array(z.string()),
  additionalProperties: z.literal(false),
});
type Attribute = z.output<typeof attributeSchema>;
type Shape = z.output<typeof objectSchema>;

/** What must hold of one value: of its type, and a known word or no longer than allowed. */
function valueIs(term: string, schema: z.output<typeof valueSchema>): string[] {
  if ("const" in schema) return [`${term} == ${quoted(schema.const)}`];
  if ("enum" in schema) return [isOneOf(term, schema.enum)];
  if (schema.type === "boolean") return [`is_boolean(${term})`];
  return [`is_string(${term})`, `count(${term}) >= ${schema.minLength}`, `count(${term}) <= ${schema.maxLength}`];
}

/** Holds of a list with an item that is none. */
const faultyName = (name: string) => `faulty_${name}`;
const itemName = (name: string) => `proper_${name}`;

function attributeIs(part: string, name: string, schema: Attribute): string[] {
  const term = `input.${part}.${name}`;
  if (schema.type !== "array") return valueIs(term, schema);
  return [`is_array(${term})`, `count(${term}) <= ${schema.maxItems}`, `not ${faultyName(name)}`];
}

/** For each list, which of its items are proper, and that one is not. */
function itemRules(part: string, { properties }: Shape): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (schema.type !== "array") return [];
    const term = `input.${part}.${name}`;
    return [
      rule(`${itemName(name)} contains item`, [`some item in ${term}`, ...valueIs("item", schema.items)]),
      rule(faultyName(name), [`some item in ${term}`, `not item in ${itemName(name)}`]),
    ];
  });
}

const requiredOf = (part: string, { properties, required }: Shape): string[] =>
  required.flatMap((name) => {
    const schema = properties[name];
    return schema === undefined || name === "subject" ? [] : attributeIs(part, name, schema);
  });

/**
 * A part with all attributes that must be there, and one that may be or not. All that must be is asked for by name, so that by
 * their number there is nothing else.
 */
function partRules(name: string, part: string, shape: Shape, first: readonly string[] = []): string[] {
  const { properties, required } = shape;
  const optional = Object.entries(properties).filter(([attribute]) => !required.includes(attribute));
  const size = (number: number) => [`is_object(input.${part})`, `count(input.${part}) == ${number}`];
  const [only] = optional;
  if (only === undefined) return [rule(name, [...size(required.length), ...first, ...requiredOf(part, shape)])];
  if (optional.length > 1) throw new Error("one attribute of a part may be missing, no more");
  return [
    rule(name, [...size(required.length), `${name}_attributes`]),
    rule(name, [...size(required.length + 1), `${name}_attributes`, ...attributeIs(part, ...only)]),
    rule(`${name}_attributes`, [...first, ...requiredOf(part, shape)]),
  ];
}

/** Resources by what they have, all subjects of the same attributes together. */
function resourceShapes(shapes: readonly Shape[]): { subjects: Subject[]; shape: Shape }[] {
  const found = new Map<string, { subjects: Subject[]; shape: Shape }>();
  for (const shape of shapes) {
    const { subject, ...rest } = shape.properties;
    if (subject === undefined || !("const" in subject)) throw new Error("a resource says by its subject what it is");
    const key = JSON.stringify([rest, shape.required]);
    const known = found.get(key) ?? { subjects: [], shape };
    known.subjects.push(subject.const as Subject);
    found.set(key, known);
  }
  return [...found.values()];
}

/**
 * Which requests can be answered at all, as `policies/access/request.ts` says it: each attribute there, of its type and a
 * known word, and nothing else; and an action on what it is about.
 */
export function inputRules(regions: readonly string[]): string[] {
  const { properties, required } = wholeSchema.parse(z.toJSONSchema(requestSchemaIn(regions)));
  const { principal, resource } = properties;
  const shapes = resourceShapes(resource.oneOf);
  const subjects = [...new Set(ALL_ACTIONS.map(subjectOf))];
  const rules = [
    rule("valid_input", [
      "is_object(input)",
      `count(input) == ${required.length}`,
      "valid_principal",
      "valid_resource",
      "action_fits_resource",
    ]),
    ...partRules("valid_principal", "principal", principal),
    ...itemRules("principal", principal),
    ...shapes.flatMap(({ subjects: those, shape }) => [
      ...partRules("valid_resource", "resource", shape, [isOneOf("input.resource.subject", those)]),
      ...itemRules("resource", shape),
    ]),
    ...subjects.map((subject) =>
      rule("action_fits_resource", [
        isOneOf("input.resource.subject", [subject]),
        isOneOf(
          "input.action",
          ALL_ACTIONS.filter((action) => subjectOf(action) === subject),
        ),
      ]),
    ),
  ];
  // Lists of the same name are checked alike, whatever has them.
  return [...new Set(rules)];
}
