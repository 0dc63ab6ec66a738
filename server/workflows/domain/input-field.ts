import { z } from "zod";
import { INPUT_FORMATS, INPUT_TYPES, inputFault } from "./input-fault";
import { line } from "./step-parts";

/** What may be said about values of one type only. */
const OF_TYPE = { enum: "string", format: "string", max_length: "string", min: "number", max: "number" } as const;

/** The declaration of one value that a start brings, by type, with what else is asked of it. */
export const inputFieldSchema = z
  .strictObject({
    type: z.enum(INPUT_TYPES),
    description: line(200).optional(),
    required: z.boolean().default(true),
    enum: z.array(line(200)).min(1, "must name at least one").max(100, "must name at most 100").optional(),
    format: z.enum(INPUT_FORMATS).optional(),
    max_length: z.int().min(1).max(100_000).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    default: z.json().optional(),
  })
  .superRefine((field, issues) => {
    const refuse = (at: string, message: string) => issues.addIssue({ code: "custom", path: [at], message });
    for (const [name, type] of Object.entries(OF_TYPE))
      if (field[name as keyof typeof OF_TYPE] !== undefined && field.type !== type)
        refuse(name, `can be said of a ${type} only`);
    if (field.min !== undefined && field.max !== undefined && field.min > field.max)
      refuse("max", "must not be less than min");
    if (field.enum !== undefined && new Set(field.enum).size < field.enum.length)
      refuse("enum", "must name each text once");
    const fault = field.default === undefined ? null : inputFault(field, field.default);
    if (fault !== null) refuse("default", fault);
  });
