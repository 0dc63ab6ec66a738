import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { databasePassword } from "@/server/platform/keys";

/** Superuser URL of the embedded database that a running deployment keeps in this folder. */
export function ownerUrlOf(home: string): string {
  const secret = readFileSync(path.join(home, "secret"), "utf8").trim();
  const { port } = JSON.parse(readFileSync(path.join(home, "postgres", "owner.json"), "utf8")) as { port: number };
  return `postgres://postgres:${databasePassword(secret, "postgres")}@127.0.0.1:${port}/conductor`;
}

/** Asks a running deployment's embedded database as its owner: for planting, and seeing, what no caller can. */
export async function queryAsOwner<Row extends pg.QueryResultRow>(
  home: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: ownerUrlOf(home) });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
