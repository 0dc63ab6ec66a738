/** A text with the escapes of one more layer undone, and where each of its characters stands in the text as it came. */
export interface Layer {
  text: string;
  starts: Uint32Array;
  ends: Uint32Array;
}

/** Layers of escapes that are undone: JSON inside a URL inside JSON is three, and a target that nests deeper means to. */
const LAYERS_MAX = 5;

const ESCAPE =
  /(?:%[0-9a-f]{2})+|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\["'\\/bfnrt]|&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/gi;

/** What a letter after a backslash stands for; a sign stands for itself. */
const AFTER_BACKSLASH: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'" },
};

/** Characters that an escape stands for, each with how many characters of the escape are its own. */
type Piece = [chars: string, length: number];

function ofOctets(escape: string): Piece[] {
  const bytes = Buffer.from(escape.replaceAll("%", ""), "hex");
  const text = bytes.toString("utf8");
  // Octets that are no UTF-8 are taken one by one.
  const chars = Array.from(text.includes("\ufffd") ? bytes.toString("latin1") : text);
  if (chars.length === bytes.length) return chars.map((char) => [char, 3]);
  return chars.map((char) => [char, 3 * Buffer.byteLength(char)]);
}

function ofCodePoint(code: number, escape: string): Piece[] {
  return [[code > 0x10ffff ? escape : String.fromCodePoint(code), escape.length]];
}

function decoded(escape: string): Piece[] {
  if (escape.length === 2) return [[AFTER_BACKSLASH[escape.charAt(1)] ?? escape.charAt(1), 2]];
  if (escape.startsWith("%")) return ofOctets(escape);
  if (/^\\[ux]./i.test(escape)) return ofCodePoint(parseInt(escape.slice(2), 16), escape);
  if (/^&#x/i.test(escape)) return ofCodePoint(parseInt(escape.slice(3), 16), escape);
  if (escape.startsWith("&#")) return ofCodePoint(parseInt(escape.slice(2), 10), escape);
  return [[ENTITIES[escape.toLowerCase()] ?? escape, escape.length]];
}

function identity(text: string): Layer {
  const [starts, ends] = [new Uint32Array(text.length), new Uint32Array(text.length)];
  for (let at = 0; at < text.length; at += 1) {
    starts[at] = at;
    ends[at] = at + 1;
  }
  return { text, starts, ends };
}

function undo(layer: Layer): Layer {
  const [starts, ends] = [new Uint32Array(layer.text.length), new Uint32Array(layer.text.length)];
  let [text, at] = ["", 0];
  const put = (chars: string, length: number) => {
    for (let unit = 0; unit < chars.length; unit += 1) {
      starts[text.length + unit] = layer.starts[at] ?? 0;
      ends[text.length + unit] = layer.ends[at + length - 1] ?? 0;
    }
    text += chars;
    at += length;
  };
  const copy = (to: number) => {
    if (to === at) return;
    starts.set(layer.starts.subarray(at, to), text.length);
    ends.set(layer.ends.subarray(at, to), text.length);
    text += layer.text.slice(at, to);
    at = to;
  };
  for (const { 0: escape, index } of layer.text.matchAll(ESCAPE)) {
    copy(index);
    for (const [chars, length] of decoded(escape)) put(chars, length);
  }
  copy(layer.text.length);
  return { text, starts, ends };
}

/**
 * A text as it is, and with the escapes of JSON, URLs and markup undone, layer by layer, as often as there are some. No
 * layer is longer than the one before.
 */
export function layersOf(text: string): Layer[] {
  const layers = [identity(text)];
  for (let layer = layers[0]; layer !== undefined && layers.length <= LAYERS_MAX;) {
    if (layer.text.search(ESCAPE) === -1) break;
    layer = undo(layer);
    layers.push(layer);
  }
  return layers;
}
