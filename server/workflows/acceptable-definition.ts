import { invalid } from "@/server/kernel/errors";
import { digestJson } from "@/server/kernel/json";
import { checkDefinition } from "./domain/check-definition";
import type { WorkflowDefinition } from "./domain/definition";

// The canonical text of the largest definition that is stored, in UTF-8 bytes.
const MAX_DEFINITION_BYTES = 512 * 1024;

/** The definition, checked and hashed, with its attributes as columns. Throws Invalid with the path of every fault. */
export function acceptableDefinition(candidate: unknown): {
  definition: WorkflowDefinition;
  contentHash: string;
  columns: ReturnType<typeof attributeColumns>;
} {
  const checked = checkDefinition(candidate);
  if (!checked.isValid)
    throw invalid(
      `The definition is not valid: ${checked.issues
        .slice(0, 5)
        .map(({ path, message }) => `${path}: ${message}`)
        .join("; ")}.`,
      { fields: checked.issues },
    );
  const { definition } = checked;
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
