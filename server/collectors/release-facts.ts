import { z } from "zod";
import type { Json } from "@/server/kernel/json";

const sbomSchema = z.object({ components: z.array(z.unknown()) });
const envelopeSchema = z.object({ payload: z.base64() });
const provenanceSchema = z.object({
  predicate: z.object({
    buildDefinition: z.object({
      externalParameters: z.object({ revision: z.string() }),
      internalParameters: z.object({ uncommittedChanges: z.boolean() }),
    }),
  }),
});
const testsSchema = z.object({
  predicate: z.object({ result: z.string(), passedCount: z.number(), failedTests: z.array(z.string()) }),
});

const json = (text: string): unknown => JSON.parse(text);
/** What a DSSE envelope holds. Its signature is for whoever verifies the file. */
const statement = (text: string) =>
  json(Buffer.from(envelopeSchema.parse(json(text)).payload, "base64").toString("utf8"));

const FACTS = {
  sbom: (text: string) => ({ components: sbomSchema.parse(json(text)).components.length }),
  provenance: (text: string, revision: string) => {
    const { externalParameters, internalParameters } = provenanceSchema.parse(statement(text)).predicate
      .buildDefinition;
    const { uncommittedChanges } = internalParameters;
    return { isOfRelease: externalParameters.revision === revision, uncommittedChanges };
  },
  "test-results": (text: string) => {
    const { result, passedCount, failedTests } = testsSchema.parse(statement(text)).predicate;
    return { result, passed: passedCount, failed: failedTests.length };
  },
} satisfies Readonly<Record<string, (text: string, revision: string) => Record<string, Json>>>;

/** What a file of a release tells of itself; nothing, where it is not of its kind's shape. */
export function releaseFacts(file: keyof typeof FACTS, content: Uint8Array, revision: string): Record<string, Json> {
  try {
    return { ...FACTS[file](Buffer.from(content).toString("utf8"), revision), revision };
  } catch {
    return { revision };
  }
}
