import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

/** A bundle was asked for: a job builds it. */
export const bundleRequested = defineEvent(
  "bundle.requested",
  z.strictObject({ tenantId: idSchema("tenant"), bundleId: idSchema("bundle") }),
);
