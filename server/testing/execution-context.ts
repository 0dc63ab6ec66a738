import type { Database } from "@/db/client";
import { TEST_SECRET } from "@/db/testing/cluster";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { egressPolicy } from "@/server/platform/egress-policy";
import type { ExecutionContext } from "@/server/runs";
import { secretKeysOf } from "@/server/secrets";

/** What the executor carries out a tenant's runs with; only these hosts of loopback are open to them, and no mail leaves. */
export const executionContext = (
  { database, tenantId }: { database: Database; tenantId: string },
  hosts: readonly string[] = [],
): ExecutionContext => ({
  ...{ database, tenantId, clock: systemClock, newId, requestId: newId("request") },
  egress: egressPolicy([...hosts]),
  secretKeys: secretKeysOf({ CONDUCTOR_SECRET: TEST_SECRET }),
  keepFile: () => Promise.resolve(),
  sendMail: () => Promise.resolve(),
});
