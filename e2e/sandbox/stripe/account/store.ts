import type { Kind, Kinds } from "./wire";

/** Where an account keeps its objects. Objects are replaced, never changed in place. */
export interface Store {
  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined;
  /** Newest first. */
  all<K extends Kind>(kind: K): Kinds[K][];
  /** The kinds of which there are objects. */
  kinds(): Kind[];
  put<K extends Kind>(kind: K, object: Kinds[K]): void;
  /** The id stays known as deleted. */
  remove(kind: Kind, id: string): void;
  isDeleted(kind: Kind, id: string): boolean;
  /** Does all of it or, when it throws, nothing; what is done within it can fail by itself. */
  atomically<T>(work: () => T): T;
}

interface Row {
  object: Kinds[Kind] | null;
  /** Its place among all that were made. */
  place: number;
}

/** What a store holds, as it can be written to a file. */
export type StoredRows = readonly (readonly [key: string, row: Row])[];

/** Keeps everything in memory; what it holds can be taken out, and given to another. */
export class MemoryStore implements Store {
  private readonly rows: Map<string, Row>;
  private undo: Map<string, Row | undefined> | null = null;

  constructor(rows: StoredRows = []) {
    this.rows = new Map(rows);
  }

  /** Puts what it held at another time in the place of what it holds. */
  restore(rows: StoredRows): void {
    this.rows.clear();
    for (const [key, row] of rows) this.rows.set(key, row);
  }

  dump(): StoredRows {
    return [...this.rows];
  }

  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    // A row is only ever written under its own kind.
    return (this.rows.get(`${kind} ${id}`)?.object ?? undefined) as Kinds[K] | undefined;
  }

  all<K extends Kind>(kind: K): Kinds[K][] {
    const rows = [...this.rows.values()].filter(({ object }) => object?.object === kind);
    return rows.sort((a, b) => b.place - a.place).map(({ object }) => object as Kinds[K]);
  }

  kinds(): Kind[] {
    const named = [...this.rows.values()].flatMap(({ object }) => (object === null ? [] : [object.object]));
    // Each is kept under the word that it bears.
    return [...new Set(named as Kind[])].sort();
  }

  put<K extends Kind>(kind: K, object: Kinds[K]): void {
    const key = `${kind} ${object.id}`;
    this.write(key, { object, place: this.rows.get(key)?.place ?? this.rows.size });
  }

  remove(kind: Kind, id: string): void {
    const key = `${kind} ${id}`;
    this.write(key, { object: null, place: this.rows.get(key)?.place ?? this.rows.size });
  }

  isDeleted(kind: Kind, id: string): boolean {
    return this.rows.get(`${kind} ${id}`)?.object === null;
  }

  atomically<T>(work: () => T): T {
    const outer = this.undo;
    const undo = new Map<string, Row | undefined>();
    this.undo = undo;
    try {
      const done = work();
      if (outer !== null) for (const [key, row] of undo) if (!outer.has(key)) outer.set(key, row);
      return done;
    } catch (error) {
      for (const [key, row] of undo) {
        if (row === undefined) this.rows.delete(key);
        else this.rows.set(key, row);
      }
      throw error;
    } finally {
      this.undo = outer;
    }
  }

  private write(key: string, row: Row): void {
    if (this.undo !== null && !this.undo.has(key)) this.undo.set(key, this.rows.get(key));
    this.rows.set(key, row);
  }
}
