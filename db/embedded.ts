import { existsSync } from "node:fs";
import { chmod, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { initialise, stopOrphan } from "./embedded-cluster";
import { createDatabase, freePort, settlePassword, untilReady, urlOf } from "./embedded-connection";
import { claim, DatabaseOwnedError } from "./embedded-owner";
import { choosePlaces, postgresIdentity } from "./embedded-places";
import { keepRunning } from "./embedded-server";

export { DatabaseOwnedError };

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
  /** Superuser password. */
  password: string;
  /** The one before, where it has changed since the last start: the server that this process owns gets the new one. */
  formerPassword?: string | undefined;
  /** Further `-c` settings, such as `fsync=off` for tests. */
  settings?: Readonly<Record<string, string>>;
  /** Join a running server instead of refusing (the command line does; `up` does not). */
  join?: boolean;
  /** Start from an empty cluster. */
  reset?: boolean;
  say?: (line: string) => void;
}

function settingFlags(over: EmbeddedOptions["settings"]): string[] {
  const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: "200", ...over };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
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
    // Not changed here: whoever owns it works under the password that it has.
    await settlePassword(holder.port, options.password, undefined);
    return { url: urlOf(options.password, holder.port, "conductor"), isJoined: true, stop: async () => undefined };
  }

  const identity = postgresIdentity(say);
  const places = await choosePlaces(options.folder, identity, say);
  await stopOrphan(places.data);
  if (options.reset === true) await rm(places.data, { recursive: true, force: true });
  if (!existsSync(path.join(places.data, "PG_VERSION"))) await initialise(places, options.password, identity);

  const args = ["-D", places.data, "-p", String(port), ...settingFlags(options.settings)];
  const server = keepRunning({ command: path.join(places.bin, "postgres"), args, identity, say });
  const stop = async () => {
    await server.stop();
    await rm(ownerFile, { force: true });
  };
  try {
    await untilReady(server, urlOf(options.password, port, "postgres"));
    await settlePassword(port, options.password, options.formerPassword);
    server.keep();
    await createDatabase(urlOf(options.password, port, "postgres"));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(options.password, port, "conductor"), isJoined: false, stop };
}
