import { z } from "zod";
import { idSchema, nameSchema } from "@/server/kernel/schemas";

export const updateProfileSchema = z.strictObject({ name: nameSchema });
export const revokeSessionSchema = z.strictObject({ sessionId: idSchema("session") });
