import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import pg from "pg";

/** What `pg` gives to whoever takes the messages of a COPY: a query of our own (`Submittable`). */
class Copy {
  readonly done: Promise<void>;
  private settle!: { resolve: () => void; reject: (error: Error) => void };

  constructor(
    private readonly text: string,
    private readonly take: (chunk: Buffer) => void,
  ) {
    this.done = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
  }

  submit(connection: pg.Connection): void {
    connection.query(this.text);
  }
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.take(chunk);
  }
  handleCommandComplete(): void {
    // The end is told by what follows: the server is ready for another.
  }
  handleReadyForQuery(): void {
    this.settle.resolve();
  }
  handleError(error: Error): void {
    this.settle.reject(error);
  }
}

/** The floor of a bundle: a tenant's receipts as Postgres copies them out, hashed, written and on the disk. Gives seconds. */
export async function copyReceipts(ownerUrl: string, tenantId: string, target: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const begun = performance.now();
    const [hash, parts] = [createHash("sha256"), [] as Buffer[]];
    const columns = "id, at, actor, action, subject, body, seq, previous_hash, hash";
    const copy = new Copy(
      `copy (select ${columns} from receipts where tenant_id = ${client.escapeLiteral(tenantId)} order by seq) to stdout`,
      (chunk) => {
        hash.update(chunk);
        parts.push(Buffer.from(chunk));
      },
    );
    client.query(copy as unknown as pg.Submittable);
    await copy.done;
    hash.digest();
    const file = await open(target, "w");
    await file.writeFile(Buffer.concat(parts));
    await file.sync();
    await file.close();
    return (performance.now() - begun) / 1_000;
  } finally {
    await client.end();
  }
}
