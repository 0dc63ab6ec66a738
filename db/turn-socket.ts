import { Socket } from "node:net";

type Done = (error?: Error | null) => void;

/**
 * A socket that sends what was written within one turn of the event loop in one piece. Statements that travel together
 * then cost one system call, which is most of what a small statement costs this process.
 */
export class TurnSocket extends Socket {
  // An overload of its own would say less than the socket's four.
  override connect(...args: unknown[]): this {
    Reflect.apply(Socket.prototype.connect.bind(this), undefined, args);
    // Connecting puts the socket's own `write` in the way of this class's.
    Reflect.deleteProperty(this, "write");
    return this;
  }

  override cork(): void {
    super.cork();
    // Not the next tick: that comes before the continuations of promises, which are still the same turn.
    setImmediate(() => super.uncork());
  }

  // Each cork lasts to the end of its turn.
  override uncork(): void {}

  override write(chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean {
    if (this.writableCorked === 0) this.cork();
    return typeof encoding === "string" ? super.write(chunk, encoding, done) : super.write(chunk, encoding);
  }

  // An end is not kept waiting: a socket that ends while it is corked never tells that it has finished.
  override end(...args: unknown[]): this {
    while (this.writableCorked > 0) super.uncork();
    return Reflect.apply(Socket.prototype.end.bind(this), undefined, args) as this;
  }
}
