import { z } from "zod";
import { definitionSchema } from "@/server/workflows/domain/definition";

/** The JSON Schema of a definition as authors write it, for editors: what has a default may be left out. */
export const definitionJsonSchema = () => ({
  title: "Workflow of Maestro Conductor",
  ...z.toJSONSchema(definitionSchema, { io: "input" }),
});
