import { writeFileSync } from "node:fs";
import path from "node:path";
import { demoUsers } from "@/db/seed/demo";
import type { Env } from "@/server/platform/env";

/** Writes `demo.json` into the deployment's folder: where the demo runs and who may sign in. */
export function writeDemoCard(e: Env): void {
  const url = e.CONDUCTOR_PUBLIC_URL;
  const card = { url, users: demoUsers(), apiKeys: [], outboxUrl: `${url}/outbox` };
  writeFileSync(path.join(e.CONDUCTOR_HOME, "demo.json"), `${JSON.stringify(card, null, 2)}\n`, { mode: 0o600 });
}
