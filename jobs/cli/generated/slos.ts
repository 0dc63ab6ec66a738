import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type EditionSlos, parseEdition } from "@/policies/slos/parse-edition";
import { editionSchema } from "@/policies/slos/schema";
import { EDITIONS } from "@/server/slos/domain/slo";
import { ROOT } from "@/jobs/cli/local-state";

const written = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** The SLOs of each edition as their files say them; a file with a fault stops it, with the line. */
const editions = (): readonly EditionSlos[] =>
  EDITIONS.map((edition) => {
    const file = path.join("policies", "slos", `${edition}.yaml`);
    return parseEdition(readFileSync(path.join(ROOT, file), "utf8"), file);
  });

/** What the product reads of the SLOs, and the schema of their files. */
export const sloData = (): { file: string; text: () => string }[] => [
  {
    file: "policies/generated/slos.json",
    text: () => written(Object.fromEntries(editions().map((slos) => [slos.edition, slos]))),
  },
  {
    file: "policies/generated/schemas/slos.schema.json",
    text: () => written(z.toJSONSchema(editionSchema, { io: "input" })),
  },
];
