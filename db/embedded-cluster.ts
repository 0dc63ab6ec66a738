import { execFileSync } from "node:child_process";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isAlive } from "./embedded-owner";
import type { Identity, Places } from "./embedded-places";
import { whyNotStarted } from "./embedded-program";

/** Makes an empty cluster; a half-made one is removed. Throws with what initdb said, or why it could not be started. */
export async function initialise(places: Places, password: string, identity: Identity): Promise<void> {
  await mkdir(places.data, { recursive: true, mode: 0o700 });
  const passwordFile = `${places.data}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await chown(places.data, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  const initdb = path.join(places.bin, "initdb");
  try {
    const args = ["--auth=scram-sha-256", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"];
    execFileSync(initdb, [`--pgdata=${places.data}`, `--pwfile=${passwordFile}`, ...args], {
      ...identity,
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    await rm(places.data, { recursive: true, force: true });
    const said = `initdb failed: ${String((error as { stderr?: Buffer }).stderr ?? error)}`;
    throw new Error(whyNotStarted(initdb, error) ?? said, { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Ends a server whose owner died without stopping it, so that a new owner can start in its place. */
export async function stopOrphan(data: string): Promise<void> {
  const pidFile = path.join(data, "postmaster.pid");
  const pid = Number((await readFile(pidFile, "utf8").catch(() => "")).split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  if (!command.includes(data)) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 30_000;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`The orphaned Postgres ${pid} did not stop within 30 s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
