/** One line of a side-by-side comparison; a side is null where the other stands alone. Numbers count from 1. */
export interface DiffRow {
  kind: "same" | "changed";
  left: { number: number; text: string } | null;
  right: { number: number; text: string } | null;
}

type Edit = "same" | "removed" | "added";

/** Beyond this many edits the middle is shown as replaced whole: nobody reads such a comparison line by line. */
const MAX_EDITS = 800;

/** The path of an O(ND) search (Myers 1986), newest frontier last; null beyond MAX_EDITS. */
function searchEdits(a: readonly string[], b: readonly string[]): Map<number, number>[] | null {
  const trace: Map<number, number>[] = [];
  let frontier = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(a.length + b.length, MAX_EDITS); edits += 1) {
    trace.push(new Map(frontier));
    const next = new Map(frontier);
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (frontier.get(k - 1) ?? -1) < (frontier.get(k + 1) ?? -1));
      let x = down ? (frontier.get(k + 1) ?? 0) : (frontier.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return trace;
    }
    frontier = next;
  }
  return null;
}

function editsBetween(a: readonly string[], b: readonly string[]): Edit[] {
  const trace = searchEdits(a, b);
  if (trace === null) return [...a.map((): Edit => "removed"), ...b.map((): Edit => "added")];
  const edits: Edit[] = [];
  let x = a.length;
  let y = b.length;
  for (let step = trace.length - 1; step >= 0; step -= 1) {
    const frontier = trace[step] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -step || (k !== step && (frontier.get(k - 1) ?? -1) < (frontier.get(k + 1) ?? -1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = step === 0 ? 0 : (frontier.get(fromK) ?? 0);
    const fromY = step === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) {
      edits.push("same");
      x -= 1;
      y -= 1;
    }
    if (step === 0) break;
    edits.push(down ? "added" : "removed");
    if (down) y -= 1;
    else x -= 1;
  }
  return edits.reverse();
}

/** Two texts side by side: lines that were removed and lines that came in their place share a row. */
export function diffLines(before: string, after: string): DiffRow[] {
  const a = before === "" ? [] : before.split("\n");
  const b = after === "" ? [] : after.split("\n");
  const rows: DiffRow[] = [];
  let left = 0;
  let right = 0;
  let open = 0;
  for (const edit of editsBetween(a, b)) {
    if (edit === "same") {
      rows.push({
        kind: "same",
        left: { number: left + 1, text: a[left] ?? "" },
        right: { number: right + 1, text: b[right] ?? "" },
      });
      left += 1;
      right += 1;
      open = rows.length;
    } else if (edit === "removed") {
      const row = rows.slice(open).find((candidate) => candidate.left === null);
      const side = { number: left + 1, text: a[left] ?? "" };
      if (row === undefined) rows.push({ kind: "changed", left: side, right: null });
      else row.left = side;
      left += 1;
    } else {
      const row = rows.slice(open).find((candidate) => candidate.right === null);
      const side = { number: right + 1, text: b[right] ?? "" };
      if (row === undefined) rows.push({ kind: "changed", left: null, right: side });
      else row.right = side;
      right += 1;
    }
  }
  return rows;
}

/** Same lines far from any change, folded into one count. */
export type FoldedRow = DiffRow | { kind: "folded"; lines: number };

/** Keeps this many same lines around each change. */
export function foldSame(rows: readonly DiffRow[], context = 3): FoldedRow[] {
  const near = rows.map(() => false);
  rows.forEach((row, index) => {
    if (row.kind === "same") return;
    for (let at = Math.max(0, index - context); at <= Math.min(rows.length - 1, index + context); at += 1)
      near[at] = true;
  });
  const folded: FoldedRow[] = [];
  rows.forEach((row, index) => {
    const last = folded.at(-1);
    if (near[index] === true) folded.push(row);
    else if (last?.kind === "folded") last.lines += 1;
    else folded.push({ kind: "folded", lines: 1 });
  });
  return folded;
}
