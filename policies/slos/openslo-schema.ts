import { z } from "zod";

/*
 * What the JSON Schema of OpenSLO v1 asks of the kinds that matter here (github.com/OpenSLO/OpenSLO, schemas/v1). All
 * scalars are texts, as the file is read without a schema of YAML: so 0.9995 keeps its digits.
 */

const nameText = z.string().regex(/^[a-z0-9][a-z0-9.|/\\-]{0,254}$/, "must be a name in small letters");
const metadata = z.object({
  name: nameText,
  displayName: z.string().min(1).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
const truth = z.enum(["true", "false"]);
const number = z.string().regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, "must be a number");
const durationText = z.string().regex(/^[1-9]\d*[mhdwMQY]$/, "must be a duration such as 5m, 4w or 1M");

const source = z.object({ metricSource: z.object({ spec: z.record(z.string(), z.unknown()) }) });
const sliSpec = z
  .object({
    thresholdMetric: source.optional(),
    ratioMetric: z
      .object({ counter: truth.optional(), good: source.optional(), bad: source.optional(), total: source.optional() })
      .refine(({ good, bad }) => good === undefined || bad === undefined, "must not have both good and bad")
      .optional(),
  })
  .refine(
    ({ thresholdMetric, ratioMetric }) => (thresholdMetric === undefined) !== (ratioMetric === undefined),
    "must have one of thresholdMetric and ratioMetric",
  );

const conditionSpec = z.object({
  severity: z.string(),
  condition: z.object({
    kind: z.literal("burnrate").optional(),
    op: z.enum(["lte", "gte", "lt", "gt"]).optional(),
    threshold: number,
    lookbackWindow: durationText,
    alertAfter: durationText,
  }),
});
const inlineCondition = z.object({ kind: z.literal("AlertCondition"), metadata, spec: conditionSpec });

const policySpec = z.object({
  alertWhenBreaching: truth,
  conditions: z.array(z.union([z.object({ conditionRef: nameText }), inlineCondition])).length(1),
});

const objective = z
  .object({
    op: z.enum(["lte", "gte", "lt", "gt"]).optional(),
    value: number.optional(),
    target: number.optional(),
    targetPercent: number.optional(),
    timeSliceTarget: number.optional(),
    timeSliceWindow: z.union([durationText, number]).optional(),
  })
  .refine(
    ({ target, targetPercent }) => (target === undefined) !== (targetPercent === undefined),
    "must have one of target and targetPercent",
  );

const sloSpec = z
  .object({
    service: nameText,
    indicatorRef: nameText.optional(),
    indicator: z.object({ metadata, spec: sliSpec }).optional(),
    timeWindow: z
      .array(
        z
          .object({
            duration: durationText,
            isRolling: truth.optional(),
            calendar: z.object({ startTime: z.string(), timeZone: z.string() }).optional(),
          })
          .refine(
            ({ isRolling, calendar }) => isRolling === "true" || calendar !== undefined,
            "must be rolling, or have a calendar",
          ),
      )
      .length(1),
    budgetingMethod: z.enum(["Occurrences", "Timeslices", "RatioTimeslices"]),
    objectives: z.array(objective).min(1),
    // Names by the schema; objects by the text of the specification.
    alertPolicies: z
      .array(
        z.union([
          nameText,
          z.object({ alertPolicyRef: nameText }),
          z.object({ kind: z.literal("AlertPolicy"), metadata, spec: policySpec }),
        ]),
      )
      .optional(),
  })
  .refine(
    ({ indicator, indicatorRef }) => (indicator === undefined) !== (indicatorRef === undefined),
    "must have one of indicator and indicatorRef",
  );

const header = { apiVersion: z.literal("openslo/v1", "must be openslo/v1"), metadata };
const anyFields = z.record(z.string(), z.unknown());

/** An object of OpenSLO v1. */
export const openSloSchema = z.discriminatedUnion("kind", [
  z.object({ ...header, kind: z.literal("SLO"), spec: sloSpec }),
  z.object({ ...header, kind: z.literal("SLI"), spec: sliSpec }),
  z.object({ ...header, kind: z.literal("AlertPolicy"), spec: policySpec }),
  z.object({ ...header, kind: z.literal("AlertCondition"), spec: conditionSpec }),
  z.object({ ...header, kind: z.literal("AlertNotificationTarget"), spec: z.object({ target: z.string() }) }),
  z.object({
    ...header,
    kind: z.literal("DataSource"),
    spec: z.object({ type: z.string(), connectionDetails: anyFields }),
  }),
  z.object({ ...header, kind: z.literal("Service"), spec: anyFields }),
]);
type OpenSloObject = z.output<typeof openSloSchema>;
type OfKind<Kind extends OpenSloObject["kind"]> = Extract<OpenSloObject, { kind: Kind }>;

export type OpenSloFile = readonly OpenSloObject[];
export type OpenSloSlo = OfKind<"SLO">;
export type OpenSloPolicy = Pick<OfKind<"AlertPolicy">, "metadata" | "spec">;
export type OpenSloCondition = Pick<OfKind<"AlertCondition">, "metadata" | "spec">;
