import { z } from "zod";
import type { Json } from "@/server/kernel/json";
import type { ReleaseFile } from "./release";

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

const FACTS: Readonly<Record<ReleaseFile, (text: string, revision: string) => Json>> = {
  sbom: (text) => ({ components: sbomSchema.parse(json(text)).components.length }),
  provenance: (text, revision) => {
    const { externalParameters, internalParameters } = provenanceSchema.parse(statement(text)).predicate
      .buildDefinition;
    const { uncommittedChanges } = internalParameters;
    return { isOfRelease: externalParameters.revision === revision, uncommittedChanges };
  },
  "test-results": (text) => {
    const { result, passedCount, failedTests } = testsSchema.parse(statement(text)).predicate;
    return { result, passed: passedCount, failed: failedTests.length };
  },
};

/** What a file of a release tells of itself; nothing, where it is not of its kind's shape. */
export function releaseFacts(file: ReleaseFile, content: Uint8Array, revision: string): Record<string, Json> {
  try {
    return { ...(FACTS[file](Buffer.from(content).toString("utf8"), revision) as Record<string, Json>), revision };
  } catch {
    return { revision };
  }
}
