import { readFileSync } from "node:fs";
import { createDatabase, databaseUrls } from "@/db/client";
import { exportBundle } from "@/server/bundles";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";

/** What the bench asks of this program: where to build whose bundle; moments in ISO 8601. */
export interface BuildAsk {
  tenantId: string;
  target: string;
  from: string;
  to: string;
  asOf: string;
}

/** What this program says on a line of its own. */
export interface BuildAnswer {
  digest: string;
  bytes: number;
  files: number;
  seconds: number;
  /** What this process had at its peak beyond what it had before, in MB. */
  extraMb: number;
}

const memoryMb = (of: "VmRSS" | "VmHWM") =>
  Number(new RegExp(`${of}:\\s+(\\d+) kB`).exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1_024;

// Builds one bundle in a process of its own, as a worker does, and says what it took.
const { tenantId, target, from, to, asOf } = JSON.parse(process.argv[2] ?? "") as BuildAsk;
const env = parseEnv(process.env);
const database = createDatabase(databaseUrls(env), env);
try {
  const ctx = { database, tenantId, clock: systemClock, newId, requestId: newId("request"), actor: "system", env };
  const ask = {
    ...({ tag: "Conductor Compliance", isDryRun: false } as const),
    ...{ from: new Date(from), to: new Date(to), asOf: new Date(asOf) },
  };
  // What was loaded is not counted, and what loading left over is no room for the build.
  globalThis.gc?.();
  const [begun, before] = [performance.now(), memoryMb("VmRSS")];
  const { digest, bytes, files } = await exportBundle(ctx, ask, target);
  const answer: BuildAnswer = {
    ...{ digest, bytes, files, seconds: (performance.now() - begun) / 1_000 },
    extraMb: memoryMb("VmHWM") - before,
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
} finally {
  await database.end();
}
