import { randomUUID } from "node:crypto";
import { holds } from "./expressions";
import { dueAt, type MemoError, type Op, type RegisteredFunction, type ServerEvent } from "./protocol";
import { failureEvent, isMemoised, memoise, type ServerCall, type ServerRun, type Timer, type Wait } from "./run";

/** What a call came to, once its signature was checked. */
export type CallOutcome =
  | { kind: "returned"; data: unknown }
  | { kind: "ops"; ops: readonly Op[] }
  | { kind: "threw"; error: MemoError; isRetriable: boolean };

const RETRY_AFTER_MS = 15_000;
const DEFAULT_RETRIES = 4;

/** Decides, as a server of the protocol does, which call comes next; it makes none itself, and its clock is moved by hand. */
export class Executor {
  readonly functions = new Map<string, RegisteredFunction>();
  readonly calls: ServerCall[] = [];
  readonly runs = new Map<string, ServerRun>();
  nowMs = Date.now();
  private readonly seen = new Set<string>();
  private readonly timers = new Set<Timer>();
  private readonly waits = new Set<Wait>();
  private readonly batches = new Map<string, ServerEvent[]>();

  maxAttempts({ functionId }: ServerRun): number {
    return (this.functions.get(functionId)?.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1;
  }

  /** Takes an event: once per id, as Inngest does for a day. Crons are nobody's here: no time passes by itself. */
  take(event: ServerEvent): void {
    if (this.seen.has(event.id)) return;
    this.seen.add(event.id);
    for (const wait of [...this.waits]) {
      if (wait.event !== event.name || !holds(wait.expression, { event: wait.run.events[0], async: event })) continue;
      this.waits.delete(wait);
      this.resolve(wait.run, wait.opId, event);
    }
    for (const run of this.runs.values()) if (this.isCancelledBy(run, event)) run.status = "cancelled";
    for (const each of this.functions.values()) {
      const isMeant = each.triggers.some(
        ({ event: name, expression }) => name === event.name && holds(expression, { event }),
      );
      if (isMeant && each.batchEvents !== undefined) this.gather(each, event);
      else if (isMeant) this.start(each.id, [event]);
    }
  }

  private isCancelledBy({ status, functionId, events }: ServerRun, event: ServerEvent): boolean {
    const cancels = this.functions.get(functionId)?.cancel ?? [];
    return (
      status === "running" &&
      cancels.some((each) => each.event === event.name && holds(each.if, { event: events[0], async: event }))
    );
  }

  private gather({ id, batchEvents }: RegisteredFunction, event: ServerEvent): void {
    const gathered = this.batches.get(id);
    if (gathered !== undefined) {
      gathered.push(event);
      return;
    }
    this.batches.set(id, [event]);
    this.after(dueAt(batchEvents?.timeout ?? "1s", this.nowMs), () => {
      this.start(id, this.batches.get(id) ?? []);
      this.batches.delete(id);
    });
  }

  start(functionId: string, events: readonly ServerEvent[], parent: ServerRun["parent"] = null): void {
    const run: ServerRun = {
      ...{ id: randomUUID(), functionId, events, parent, status: "running" },
      ...{ memos: new Map(), stack: [], open: new Set() },
    };
    this.runs.set(run.id, run);
    this.calls.push({ run, stepId: "step", attempt: 0, onlyPlans: false });
  }

  private after(dueMs: number, fire: () => void): void {
    this.timers.add({ dueMs, fire });
  }

  /** Lets time pass: what falls due comes in its order, calls that follow are left to whoever makes them. */
  pass(ms: number): void {
    this.nowMs += ms;
    const due = [...this.timers].filter(({ dueMs }) => dueMs <= this.nowMs).sort((a, b) => a.dueMs - b.dueMs);
    for (const timer of due) {
      this.timers.delete(timer);
      timer.fire();
    }
  }

  /** Keeps what an operation gave, and asks the function what it wants next. */
  private resolve(run: ServerRun, opId: string, data: unknown): void {
    if (memoise(run, opId, { type: "data", data })) this.discover(run);
  }

  private discover(run: ServerRun): void {
    if (run.status !== "running") return;
    this.calls.push({ run, stepId: "step", attempt: 0, onlyPlans: run.open.size > 0 });
  }

  /** Keeps steps that ended while their call goes on. */
  keep(run: ServerRun, steps: readonly Extract<Op, { op: "StepRun" | "StepFailed" }>[]): void {
    for (const step of steps)
      memoise(
        run,
        step.id,
        step.op === "StepRun" ? { type: "data", data: step.data } : { type: "error", error: step.error },
      );
  }

  /** Takes in what a call came to. */
  apply(call: ServerCall, outcome: CallOutcome): void {
    if (call.run.status !== "running") return;
    if (outcome.kind === "returned") this.finish(call.run, outcome.data);
    else if (outcome.kind === "threw") this.threw(call, outcome);
    else for (const op of outcome.ops) this.applyOp(call, op, outcome.ops.length > 1);
  }

  private threw(call: ServerCall, { error, isRetriable }: Extract<CallOutcome, { kind: "threw" }>): void {
    if (isRetriable && call.attempt + 1 < this.maxAttempts(call.run)) this.again(call);
    else this.fail(call.run, error);
  }

  private again(call: ServerCall): void {
    this.after(this.nowMs + RETRY_AFTER_MS, () => {
      if (call.run.status === "running") this.calls.push({ ...call, attempt: call.attempt + 1 });
    });
  }

  private applyOp(call: ServerCall, op: Op, isOneOfSeveral: boolean): void {
    const { run } = call;
    if (op.op === "RunComplete") this.finish(run, op.data);
    else if (isMemoised(run, op.id)) return;
    else if (op.op === "StepRun") this.resolve(run, op.id, op.data);
    else if (op.op === "StepFailed" || (op.op === "StepError" && call.attempt + 1 >= this.maxAttempts(run))) {
      if (memoise(run, op.id, { type: "error", error: op.error })) this.discover(run);
    } else if (op.op === "StepError") this.again(call);
    else this.open(run, op, isOneOfSeveral);
  }

  /** Begins what is done elsewhere. An operation that is told of again while it is open is no second one. */
  private open(
    run: ServerRun,
    op: Extract<Op, { op: "StepPlanned" | "Sleep" | "WaitForEvent" | "InvokeFunction" }>,
    isOneOfSeveral: boolean,
  ): void {
    if (run.open.has(op.id)) return;
    run.open.add(op.id);
    if (op.op === "StepPlanned") this.calls.push({ run, stepId: op.id, attempt: 0, onlyPlans: isOneOfSeveral });
    else if (op.op === "Sleep") this.after(dueAt(op.name, this.nowMs), () => this.resolve(run, op.id, null));
    else if (op.op === "WaitForEvent") {
      const wait: Wait = { run, opId: op.id, event: op.name, expression: op.opts.if };
      this.waits.add(wait);
      this.after(dueAt(op.opts.timeout, this.nowMs), () => {
        if (this.waits.delete(wait)) this.resolve(run, op.id, null);
      });
    } else {
      const data = op.opts.payload.data as Record<string, unknown>;
      const event = { id: randomUUID(), name: "inngest/function.invoked", data, ts: this.nowMs };
      this.start(op.opts.function_id, [event], { run, opId: op.id });
    }
  }

  private finish(run: ServerRun, data: unknown): void {
    run.status = "completed";
    if (run.parent !== null) this.resolve(run.parent.run, run.parent.opId, data);
  }

  private fail(run: ServerRun, error: MemoError): void {
    run.status = "failed";
    if (run.parent !== null && memoise(run.parent.run, run.parent.opId, { type: "error", error }))
      this.discover(run.parent.run);
    this.take({ id: randomUUID(), ts: this.nowMs, ...failureEvent(run, error) });
  }
}
