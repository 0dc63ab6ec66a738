import pg from "pg";

/** Milliseconds between two looks per run that somebody waits for: the more there are, the less one look matters. */
const LOOK_MS = 1;

export interface Ends {
  /** Resolves once the run has succeeded; rejects when it ended otherwise. */
  of(runId: string): Promise<void>;
  stop(): Promise<void>;
}

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

/** Tells when runs of a tenant end, by one query for all of them on a connection of its own. */
export async function watchEnds(ownerUrl: string, tenantId: string): Promise<Ends> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const waiting = new Map<string, Waiting>();
  const loop = { isStopped: false };
  const look = async () => {
    const { rows } = await client.query<{ id: string; status: string }>({
      name: "ends",
      // One look-up by the key per run, whatever the table was believed to hold when this was planned.
      text: `select ended.id, ended.status from unnest($2::text[]) as asked(id) cross join lateral (
          select id, status from runs where tenant_id = $1 and runs.id = asked.id and ended_at is not null offset 0
        ) as ended`,
      values: [tenantId, [...waiting.keys()]],
    });
    for (const { id, status } of rows) {
      const wait = waiting.get(id);
      waiting.delete(id);
      if (status === "succeeded") wait?.resolve();
      else wait?.reject(new Error(`run ${id} is ${status}`));
    }
  };
  const looping = (async () => {
    while (!loop.isStopped) {
      if (waiting.size > 0) await look();
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS * Math.max(1, waiting.size)));
    }
  })();
  return {
    of: (runId) => new Promise((resolve, reject) => waiting.set(runId, { resolve, reject })),
    stop: async () => {
      loop.isStopped = true;
      await looping;
      await client.end();
    },
  };
}
