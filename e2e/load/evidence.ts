import { execFile, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Database } from "@/db/client";
import { TEST_SECRET } from "@/db/testing/cluster";
import { verifyingKeys } from "@/server/bundles";
import { VERIFIERS, type VerifierName } from "@/server/bundles/testing/verifiers";
import { must } from "@/server/kernel/errors";
import { localBlobStore } from "@/server/platform/blob-store";
import { parseEnv } from "@/server/platform/env";
import type { BuildAnswer, BuildAsk } from "./evidence-build";
import { type Ground, makeItems, makeReceipts, makeRuns, makeTenant } from "./evidence-data";
import { copyReceipts } from "./evidence-floor";
import { watchForeignCpu } from "./foreign-cpu";
import { withDatabase } from "./product";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";

const [RUNS, RECEIPTS, ITEMS, MANY_ITEMS] = [10_000, 80_000, 160, 100_000];
const ROUNDS = 3;
const HOUR_MS = 3_600_000;
/** The build is killed once it has put so much of what it will write on the disk. */
const KILLED_AT = 0.3;
const LOOK_EVERY_MS = 20;
const WITHIN_MS = 10 * 60_000;
const ROOT = path.resolve(import.meta.dirname, "..", "..");

interface Scene {
  ownerUrl: string;
  home: string;
}

/** The build in a process of its own; what it says when it ends well. */
function startBuild({ ownerUrl, home }: Scene, ask: BuildAsk) {
  const file = path.join(ROOT, "e2e", "load", "evidence-build.ts");
  const child = spawn(process.execPath, ["--expose-gc", "--import", "tsx", file, JSON.stringify(ask)], {
    ...{ cwd: ROOT, stdio: ["ignore", "pipe", "inherit"], timeout: WITHIN_MS },
    env: { ...process.env, CONDUCTOR_SECRET: TEST_SECRET, CONDUCTOR_HOME: home, DATABASE_URL: ownerUrl },
  });
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  const ended = new Promise<BuildAnswer | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve(said === "" ? null : (JSON.parse(said) as BuildAnswer)));
  });
  return { child, ended };
}

async function build(scene: Scene, ask: BuildAsk): Promise<BuildAnswer> {
  return must(await startBuild(scene, ask).ended, "the build ends well, or its log is above");
}

async function bytesBeside(target: string): Promise<number> {
  const [folder, name] = [path.dirname(target), path.basename(target)];
  const files = (await readdir(folder)).filter((file) => file.startsWith(name));
  const sizes = await Promise.all(files.map((file) => stat(path.join(folder, file)).catch(() => ({ size: 0 }))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

/** Kills a build once it has written so many bytes; throws for one that ended before. */
async function killBuild(scene: Scene, ask: BuildAsk, atBytes: number): Promise<void> {
  const { child, ended } = startBuild(scene, ask);
  while ((await bytesBeside(ask.target)) < atBytes) {
    if (child.exitCode !== null) throw new Error("the build ended before it was killed");
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  child.kill("SIGKILL");
  await ended;
}

/** Seconds that a verifier takes to call a bundle what it is: anchored, and not refused. */
async function verify(name: VerifierName, bundle: string, trust: string): Promise<number> {
  const [program, script] = VERIFIERS[name];
  const begun = performance.now();
  const { stdout } = await promisify(execFile)(program, [script, "--json", "--trust", trust, bundle]);
  const seconds = (performance.now() - begun) / 1_000;
  if ((JSON.parse(stdout) as { anchored: boolean }).anchored) return seconds;
  throw new Error(`${name} does not accept the bundle: ${stdout}`);
}

const periodOf = (begun: Date) => {
  const to = new Date().toISOString();
  return { from: new Date(begun.getTime() - HOUR_MS).toISOString(), to, asOf: to };
};

async function groundOf(database: Database, { ownerUrl, home }: Scene, slug: string): Promise<Ground> {
  const tenantId = await makeTenant(ownerUrl, slug);
  return { database, tenantId, blobs: path.join(home, "blobs"), begun: new Date(Date.now() - HOUR_MS) };
}

/** Bundles of 10,000 runs and 80,000 receipts, each beside its floor, and how long verifiers take over the last. */
async function measureReceipts(database: Database, scene: Scene, scale: number) {
  const ground = await groundOf(database, scene, "receipts");
  await makeRuns(scene.ownerUrl, ground.tenantId, Math.round(RUNS * scale));
  await makeReceipts(ground, Math.round(RECEIPTS * scale));
  await makeItems(ground, ITEMS);
  const asked = { tenantId: ground.tenantId, ...periodOf(ground.begun) };
  const runs: Record<string, number>[] = [];
  let target = "";
  for (let round = 0; round < ROUNDS; round += 1) {
    target = path.join(scene.home, `receipts-${round}.zip`);
    const floor = await copyReceipts(scene.ownerUrl, ground.tenantId, path.join(scene.home, "floor"));
    const { seconds, extraMb, bytes } = await build(scene, { ...asked, target });
    runs.push({ floor, seconds, extraMb, bytes, ratio: rounded(floor / seconds) });
  }
  const trust = path.join(scene.home, "trust.pem");
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, CONDUCTOR_HOME: scene.home });
  await writeFile(trust, await verifyingKeys(env, localBlobStore(ground.blobs)));
  const took: Partial<Record<VerifierName, number>> = {};
  for (const name of Object.keys(VERIFIERS) as VerifierName[]) took[name] = await verify(name, target, trust);
  return { runs, took };
}

/** A bundle of 100,000 items: what it takes, and whether one that is killed on its way comes to the same when it is begun anew. */
async function measureItems(database: Database, scene: Scene, scale: number) {
  const ground = await groundOf(database, scene, "items");
  await makeItems(ground, Math.round(MANY_ITEMS * scale));
  const asked = { tenantId: ground.tenantId, ...periodOf(ground.begun) };
  const target = path.join(scene.home, "items.zip");
  const whole = await build(scene, { ...asked, target });
  await rm(target);
  await killBuild(scene, { ...asked, target }, whole.bytes * KILLED_AT);
  const again = await build(scene, { ...asked, target });
  return { whole, isSame: again.digest === whole.digest };
}

/** What a bundle takes: time, memory of a process of its own, and time to verify it; beside copying the same receipts out as the floor. */
export const run = ({ scale = 1 }: { scale?: number } = {}): Promise<Report> =>
  withDatabase(async (database, ownerUrl) => {
    const home = await mkdtemp(path.join(tmpdir(), "bench-evidence-"));
    try {
      const scene = { ownerUrl, home };
      const foreign = watchForeignCpu();
      const { runs, took } = await measureReceipts(database, scene, scale);
      const { whole, isSame } = await measureItems(database, scene, scale);
      const foreignCpuCores = rounded(foreign());
      const best = runs.reduce((a, b) => ((b.seconds ?? 0) < (a.seconds ?? 0) ? b : a));
      const most = Math.max(...runs.map(({ extraMb = 0 }) => extraMb));
      const counted = `${Math.round(RUNS * scale)} runs and ${Math.round(RECEIPTS * scale)} receipts`;
      const seconds = (value: number | undefined, unit: string) => ({ value: rounded(value ?? 0), unit: `s, ${unit}` });
      return {
        name: "evidence",
        figures: {
          seal: seconds(best.seconds, `to seal ${counted}, ${rounded((best.bytes ?? 0) / 1e6, 1)} MB`),
          sealMemory: { value: rounded(most, 0), unit: "MB more at the peak of its process, the most of all rounds" },
          verifyNode: seconds(took.mjs, "to verify it with Node"),
          verifyPython: seconds(took.py, "with Python"),
          verifyShell: seconds(took.sh, "with sh and openssl"),
          items: seconds(whole.seconds, `to seal ${whole.files} files, ${rounded(whole.bytes / 1e6, 1)} MB`),
          itemsMemory: { value: rounded(whole.extraMb, 0), unit: "MB more at the peak of its process" },
          killedIsSame: {
            value: isSame ? 1 : 0,
            unit: "1 where one that was killed and begun anew has the same bytes",
          },
        },
        floor: seconds(best.floor, "to copy the receipts out of Postgres, hash them and have them on the disk"),
        ratio: best.ratio ?? 0,
        ...{ foreignCpuCores, void: foreignCpuCores > FOREIGN_CORES_MAX, runs },
      };
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
