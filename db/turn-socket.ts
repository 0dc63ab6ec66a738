import { Socket } from "node:net";

type Done = (error?: Error | null) => void;

/**
 * A socket that sends what was written within one turn of the event loop in one piece. Statements that travel together
 * then cost one system call, which is most of what a small statement costs this process.
 */
export class TurnSocket extends Socket {
  override cork(): void {
    super.cork();
    process.nextTick(() => super.uncork());
  }

  // Each cork lasts to the end of its turn.
  override uncork(): void {}

  override write(chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean {
    if (this.writableCorked === 0) this.cork();
    return typeof encoding === "string" ? super.write(chunk, encoding, done) : super.write(chunk, encoding);
  }
}
