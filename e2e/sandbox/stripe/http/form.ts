export interface FormNode {
  [name: string]: FormValue;
}
export type FormValue = string | FormNode;

/** How deep names may nest; Stripe documents no bound, and none of its parameters comes near. */
const DEPTH_MAX = 12;

/**
 * Decodes a form with nested names: `items[0][price]=p`, `expand[]=a`. Lists come out as objects whose keys are 0, 1, 2 …,
 * since only the contract tells a list from a map. Throws a RangeError on a name that says two things.
 */
export function decodeForm(text: string): FormNode {
  const form = emptyNode();
  for (const [name, value] of new URLSearchParams(text)) put(form, partsOf(name), value);
  return form;
}

// Without a prototype a parameter called `__proto__` is a name like any other.
function emptyNode(): FormNode {
  return Object.create(null) as FormNode;
}

function partsOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (match === null) throw new RangeError(`Invalid parameter name: ${name}`);
  const [, head = "", tail = ""] = match;
  const parts = [head, ...[...tail.matchAll(/\[([^[\]]*)\]/g)].map(([, part = ""]) => part)];
  if (parts.length > DEPTH_MAX) throw new RangeError(`Parameter nested too deeply: ${name}`);
  return parts;
}

function put(form: FormNode, parts: readonly string[], value: string): void {
  let node = form;
  parts.forEach((part, index) => {
    const name = part === "" ? String(Object.keys(node).length) : part;
    const isLast = index === parts.length - 1;
    const there = node[name];
    if (isLast) {
      if (there !== undefined) throw new RangeError(`Parameter given twice: ${parts.join(".")}`);
      node[name] = value;
      return;
    }
    if (typeof there === "string") throw new RangeError(`Parameter is both a value and a hash: ${parts.join(".")}`);
    const next = there ?? emptyNode();
    node[name] = next;
    node = next;
  });
}
