import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../embedded";
import { migrate } from "../migrate";
import { databasePassword } from "@/server/platform/keys";

export const TEST_SECRET = "a secret of tests, at least 32 characters long";

export interface TestCluster {
  /** Superuser URL of the migrated template database. */
  templateUrl: string;
  stop: () => Promise<void>;
}

// Tests prove logic, not the disk: a crash of such a cluster loses nothing anybody needs.
const CARELESS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/**
 * A throw-away Postgres with one migrated template; a test database is a clone of it (milliseconds). What is measured is
 * measured with `settings` of `{}`: as Postgres comes, every commit on the disk. `given` is an empty folder to keep it in.
 */
export async function startTestCluster(
  settings: Record<string, string> = CARELESS,
  given?: string,
): Promise<TestCluster> {
  const folder = given ?? (await mkdtemp(path.join(tmpdir(), "conductor-test-")));
  const password = databasePassword(TEST_SECRET, "postgres");
  const server = await startEmbeddedPostgres({ folder, password, settings });
  const passwords = {
    app: databasePassword(TEST_SECRET, "conductor_app"),
    engine: databasePassword(TEST_SECRET, "conductor_engine"),
  };
  await migrate({ ownerUrl: server.url, passwords });
  return {
    templateUrl: server.url,
    stop: async () => {
      await server.stop();
      if (given === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Clones the template under a new name and returns the clone's superuser URL. */
export async function cloneDatabase(templateUrl: string, name: string): Promise<string> {
  const admin = new URL(templateUrl);
  const template = admin.pathname.slice(1);
  admin.pathname = "/postgres";
  const client = new pg.Client({ connectionString: admin.toString() });
  await client.connect();
  try {
    await client.query(
      `create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(template)}`,
    );
  } finally {
    await client.end();
  }
  admin.pathname = `/${name}`;
  return admin.toString();
}
