import { invalid } from "@/server/kernel/errors";
import { digestJson } from "@/server/kernel/json";
import { egressPolicy } from "@/server/platform/egress-policy";
import { env } from "@/server/platform/env";
import { requireKnownRegion } from "@/server/verb";
import { checkDefinition } from "./domain/check-definition";
import type { WorkflowDefinition } from "./domain/definition";
import type { DefinitionIssue } from "./domain/graph";
import { forbiddenTargets } from "./domain/targets";

// The canonical text of the largest definition that is stored, in UTF-8 bytes.
const MAX_DEFINITION_BYTES = 512 * 1024;

const notValid = (issues: readonly DefinitionIssue[]) =>
  invalid(
    `The definition is not valid: ${issues
      .slice(0, 5)
      .map(({ path, message }) => `${path}: ${message}`)
      .join("; ")}.`,
    { fields: issues },
  );

/** Steps that would call the workflow they are part of: a run of it would never end. */
function ownCalls({ steps }: WorkflowDefinition, slug: string): DefinitionIssue[] {
  return steps.flatMap((step, nth) =>
    step.type === "workflow" && step.workflow === slug
      ? [{ path: `steps.${nth}.workflow`, message: "a workflow cannot call itself" }]
      : [],
  );
}

/** Steps that call an address which this deployment sends nobody to. */
export const closedTargets = (definition: WorkflowDefinition): DefinitionIssue[] =>
  forbiddenTargets(definition, egressPolicy(env().EGRESS_ALLOW));

/** The definition, checked and hashed, with its attributes as columns. Throws Invalid with the path of every fault. */
export function acceptableDefinition(
  candidate: unknown,
  slug: string,
): {
  definition: WorkflowDefinition;
  contentHash: string;
  columns: ReturnType<typeof attributeColumns>;
} {
  const checked = checkDefinition(candidate);
  if (!checked.isValid) throw notValid(checked.issues);
  const { definition } = checked;
  const faults = [...ownCalls(definition, slug), ...closedTargets(definition)];
  if (faults.length > 0) throw notValid(faults);
  requireKnownRegion(definition.attributes.region, "attributes.region");
  if (Buffer.byteLength(JSON.stringify(definition)) > MAX_DEFINITION_BYTES)
    throw invalid(`The definition is larger than ${MAX_DEFINITION_BYTES / 1_024} KiB.`, { field: "definition" });
  return { definition, contentHash: digestJson(definition), columns: attributeColumns(definition) };
}

function attributeColumns({ attributes, importance }: WorkflowDefinition) {
  return {
    environment: attributes.environment,
    region: attributes.region,
    riskProfile: attributes.risk_profile,
    businessUnit: attributes.business_unit,
    dataSensitivity: attributes.data_sensitivity,
    importance,
  };
}
