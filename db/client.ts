import { Pool as NeonPool, neonConfig, types as neonTypes } from "@neondatabase/serverless";
import pg from "pg";
import { databasePassword } from "@/server/platform/keys";
import type { Env } from "@/server/platform/env";
import { TurnSocket } from "./turn-socket";

export const APP_ROLE = "conductor_app";
export const ENGINE_ROLE = "conductor_engine";

/** Both login roles of a deployment. Handles come only from the doors in `tenancy.ts`. */
export interface Database {
  app: pg.Pool;
  engine: pg.Pool;
  /** For LISTEN, which poolers drop: a connection of its own as the engine role. */
  engineUrl: string;
  end: () => Promise<void>;
}

// `json` columns reach our code as text and are parsed once, by the column (see schema/columns.ts).
pg.types.setTypeParser(pg.types.builtins.JSON, (text) => text);
// The Neon driver declares its table of type ids without saying which ones it holds; they are Postgres' own.
neonTypes.setTypeParser(pg.types.builtins.JSON, (text) => text);

/** The same database as another role: the URL's login replaced. */
function asRole(url: string, role: string, password: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.password = encodeURIComponent(password);
  return changed.toString();
}

export interface DatabaseUrls {
  app: string;
  engine: string;
}

/** The logins of both roles: named in the environment, or derived from DATABASE_URL and the master secret. */
export function databaseUrls(e: Env, ownerUrl: string | undefined = e.DATABASE_URL): DatabaseUrls {
  const derive = (role: typeof APP_ROLE | typeof ENGINE_ROLE) => {
    if (ownerUrl === undefined) throw new Error("No DATABASE_URL: start the embedded Postgres first.");
    return asRole(ownerUrl, role, databasePassword(e.CONDUCTOR_SECRET, role));
  };
  return { app: e.DATABASE_APP_URL ?? derive(APP_ROLE), engine: e.DATABASE_ENGINE_URL ?? derive(ENGINE_ROLE) };
}

interface PoolOptions {
  max: number;
  neonProxy?: string | undefined;
  answerWithinMs?: number | undefined;
}

/**
 * Neon is reached over WebSockets, any other Postgres over TCP; both speak the same protocol. Only pg's own client sends
 * statements without waiting for the answer to the one before.
 */
function createPool(url: string, options: PoolOptions): pg.Pool {
  const config = {
    ...{ connectionString: url, max: options.max, connectionTimeoutMillis: 5_000, idleTimeoutMillis: 30_000 },
    // Tells a connection whose other end is gone from one that is idle, where nobody waits for an answer.
    keepAlive: true,
    ...(options.answerWithinMs === undefined ? {} : { query_timeout: options.answerWithinMs }),
  };
  const isNeon = options.neonProxy !== undefined || new URL(url).hostname.endsWith(".neon.tech");
  if (options.neonProxy !== undefined) {
    const proxy = options.neonProxy;
    neonConfig.wsProxy = (host, port) => `${proxy}/v1?address=${host}:${port}`;
    neonConfig.useSecureWebSocket = false;
    neonConfig.pipelineConnect = false;
  }
  // NeonPool extends pg's own Pool; only its declared base class differs between the two packages' type trees.
  const pool = isNeon
    ? (new NeonPool(config) as unknown as pg.Pool)
    : new pg.Pool({ ...config, pipeline: true, stream: () => new TurnSocket() });
  // An idle connection that breaks (database restart) is replaced at the next checkout; without a listener it would end the process.
  pool.on("error", () => undefined);
  // The same holds while somebody has the connection; their next statement tells them that it broke.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** `answerWithinMs`: a statement without an answer by then fails, and its connection is given up; absent: it may take any time. */
export function createDatabase(
  urls: DatabaseUrls,
  e: Pick<Env, "DATABASE_POOL_MAX" | "NEON_WS_PROXY">,
  { answerWithinMs }: { answerWithinMs?: number } = {},
): Database {
  const options = { max: e.DATABASE_POOL_MAX, neonProxy: e.NEON_WS_PROXY, answerWithinMs };
  const app = createPool(urls.app, options);
  const engine = createPool(urls.engine, options);
  return {
    app,
    engine,
    engineUrl: urls.engine,
    end: async () => {
      await Promise.all([app.end(), engine.end()]);
    },
  };
}
