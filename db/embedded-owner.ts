import { open, readFile, rm } from "node:fs/promises";

/** Who holds an embedded database: written next to its data while it runs. */
export interface Owner {
  pid: number;
  port: number;
  startedAt: string;
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

/** True while a process of this id exists, whoever runs it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

/** Claims the folder for this process, or tells who holds it. */
export async function claim(file: string, port: number): Promise<Owner | undefined> {
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
