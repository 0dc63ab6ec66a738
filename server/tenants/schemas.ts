import { z } from "zod";
import { nameSchema, slugSchema } from "@/server/kernel/schemas";

export const createTenantSchema = z.strictObject({ name: nameSchema, slug: slugSchema });
export const updateTenantSchema = z.strictObject({ name: nameSchema });
