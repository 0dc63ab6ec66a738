import { parseEnv } from "@/server/platform/env";
import { completeEnvironment } from "./local-state";
import { migrateDatabase, openDatabase } from "./open-database";

export async function runMigrate({ json }: { json: boolean }): Promise<void> {
  completeEnvironment("local");
  const e = parseEnv(process.env);
  const opened = await openDatabase(e, { join: true, say: () => undefined });
  try {
    await migrateDatabase(e, opened.ownerUrl);
  } finally {
    await opened.stop();
  }
  process.stdout.write(json ? `${JSON.stringify({ migrated: true })}\n` : "The database is up to date.\n");
}
