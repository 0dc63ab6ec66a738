import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

/** A bundle was asked for: a job builds it. */
export const bundleRequested = defineEvent(
  "bundle.requested",
  z.strictObject({ tenantId: idSchema("tenant"), bundleId: idSchema("bundle") }),
);

/** A bundle was deleted: a job removes its file, where no other bundle is the same. */
export const bundleDeleted = defineEvent(
  "bundle.deleted",
  z.strictObject({ tenantId: idSchema("tenant"), bundleId: idSchema("bundle") }),
);
