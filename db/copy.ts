import { once } from "node:events";
import pg from "pg";

/** A statement of COPY may take any time: it moves a whole table. The longest that a timer takes, in milliseconds. */
const ANY_TIME_MS = 2_147_483_647;

/** What a connection of pg has beyond its declared type, for COPY. */
interface CopyConnection {
  stream: NodeJS.WritableStream & { writableNeedDrain: boolean };
  sendCopyFromChunk: (chunk: Uint8Array) => void;
  endCopyFrom: () => void;
  sendCopyFail: (reason: string) => void;
}

// A query of pg's own, as its pipelined connections take no other.
class CopyQuery extends pg.Query {
  readonly query_timeout = ANY_TIME_MS;
  callback: (error?: Error | null) => void = () => undefined;
}

class CopyOut extends CopyQuery {
  constructor(
    text: string,
    readonly take: (part: Uint8Array) => void,
  ) {
    super(text);
  }
  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    this.take(chunk);
  }
}

class CopyIn extends CopyQuery {
  constructor(
    text: string,
    readonly parts: AsyncIterable<Uint8Array>,
  ) {
    super(text);
  }
  handleCopyInResponse(connection: CopyConnection): void {
    void this.send(connection);
  }
  private async send(connection: CopyConnection): Promise<void> {
    try {
      for await (const part of this.parts) {
        connection.sendCopyFromChunk(part);
        if (connection.stream.writableNeedDrain) await once(connection.stream, "drain");
      }
      connection.endCopyFrom();
    } catch (error) {
      connection.sendCopyFail(error instanceof Error ? error.message : String(error));
    }
  }
}

/** A connection that COPY can be asked of. */
export type CopyClient = Pick<pg.ClientBase, "query" | "escapeIdentifier" | "escapeLiteral">;

const run = (client: CopyClient, query: CopyQuery): Promise<void> =>
  new Promise((resolve, reject) => {
    query.callback = (error) => (error instanceof Error ? reject(error) : resolve());
    client.query(query);
  });

/**
 * Runs a `copy … to stdout` and gives its bytes on as they come, a row a time. `take` returns before the next is read, so no
 * more is in memory than one row; the bytes are its own only until then. What it throws fails the copy.
 */
export async function copyOut(client: CopyClient, text: string, take: (part: Uint8Array) => void): Promise<void> {
  const failed: unknown[] = [];
  await run(
    client,
    new CopyOut(text, (part) => {
      if (failed.length > 0) return;
      try {
        take(part);
      } catch (error) {
        failed.push(error);
      }
    }),
  );
  if (failed.length > 0) throw failed[0];
}

/** Runs a `copy … from stdin` on a connection of its own, no faster than Postgres takes it. What `parts` throws fails the copy. */
export const copyIn = (client: CopyClient, text: string, parts: AsyncIterable<Uint8Array>): Promise<void> =>
  run(client, new CopyIn(text, parts));
