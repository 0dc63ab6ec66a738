import { z } from "zod";

export const switchboardSchema = z.strictObject({ limit: z.int().min(1).max(100).default(50) });
