import pg from "pg";
import type { Database } from "./client";

export interface Listener {
  stop(): Promise<void>;
}

/** How long to wait before listening again after the connection broke (milliseconds). */
const RECONNECT_MS = 1_000;

/**
 * Calls `heard` with what every notification of a channel says, on a connection of its own, for as long as it is not stopped. A
 * broken connection is opened again; what was said in between is lost, so callers also look by themselves.
 */
export function listen(
  database: Pick<Database, "engineUrl">,
  channel: "conductor_engine",
  heard: (said: string) => void,
): Listener {
  let isStopped = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  const lose = (lost: pg.Client) => {
    if (client !== lost) return;
    client = undefined;
    void lost.end().catch(() => undefined);
    if (!isStopped) retry = setTimeout(() => void open(), RECONNECT_MS);
  };
  const open = async (): Promise<void> => {
    const opened = new pg.Client({ connectionString: database.engineUrl, connectionTimeoutMillis: 5_000 });
    client = opened;
    opened.on("error", () => lose(opened));
    opened.on("end", () => lose(opened));
    opened.on("notification", ({ payload = "" }) => heard(payload));
    try {
      await opened.connect();
      await opened.query(`listen ${channel}`);
      heard("");
    } catch {
      lose(opened);
    }
  };
  const opening = open();

  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(retry);
      await opening;
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
