import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { KeptAnswer } from "../http/idempotency";
import type { Delivery } from "./deliveries";
import type { StoredRows } from "./store";

/** Everything behind one secret key, as it is written to a file. */
export interface AccountState {
  secretKey: string;
  aheadSeconds: number;
  rows: StoredRows;
  keys: readonly (readonly [string, KeptAnswer])[];
  deliveries: readonly Delivery[];
}

/** Everything that a sandbox holds. */
export interface SandboxState {
  accounts: readonly AccountState[];
}

interface StateFile extends SandboxState {
  /** What the objects are shaped by: the contract, and the sandbox itself. */
  shape: string;
}

/** Raise it when objects are kept in another shape. */
const FORMAT = 1;

/** What a sandbox wrote before, or null; what another contract or format has written is set aside, beside the file. */
export function readState(file: string, pin: object): SandboxState | null {
  if (!existsSync(file)) return null;
  const state = parsed(readFileSync(file, "utf8"));
  if (state?.shape === shapeOf(pin)) return state;
  renameSync(file, `${file}.old`);
  return null;
}

function parsed(text: string): StateFile | null {
  try {
    return JSON.parse(text) as StateFile;
  } catch {
    return null;
  }
}

/** Writes what a sandbox holds, as a whole or not at all; for its owner's eyes. */
export function writeState(file: string, pin: object, state: SandboxState): void {
  const whole: StateFile = { shape: shapeOf(pin), ...state };
  const fresh = `${file}.new`;
  writeFileSync(fresh, JSON.stringify(whole), { mode: 0o600 });
  const handle = openSync(fresh, "r");
  fsyncSync(handle);
  closeSync(handle);
  renameSync(fresh, file);
}

function shapeOf(pin: object): string {
  return JSON.stringify({ FORMAT, ...pin });
}
