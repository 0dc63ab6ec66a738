import { createRequire } from "node:module";
import path from "node:path";
import { crc32 } from "node:zlib";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, MarkLineComponent, TitleComponent, CanvasRenderer, SVGRenderer]);

/** In the drawing's own units; pixels of a PNG are twice as many. */
export interface ChartSize {
  width: number;
  height: number;
}

/** The letters of files: they come with the product, so that they are the same on every machine. */
export const FILE_FONT = "Roboto";
const FONT_FILES = ["Regular", "Medium"] as const;

/**
 * Draws a chart as SVG, without a browser. Without the style sheet that ECharts appends for pointers, which a page's policy
 * would refuse, and with names that do not count on from drawing to drawing: the same chart gives the same bytes. Eleven
 * milliseconds of a core.
 */
export function drawSvg(option: EChartsCoreOption, size: ChartSize): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...option });
    return chart
      .renderToSVGString()
      .replace(/<style[^]*?<\/style>/g, "")
      .replace(/ class="[^"]*"/g, "")
      .replace(/\bzr\d+-/g, "c-")
      .replace(/\n+/g, "\n");
  } finally {
    chart.dispose();
  }
}

// From the folder that every process starts in, as in pdf.ts.
const fontFile = (weight: string) => {
  const { resolve } = createRequire(path.join(process.cwd(), "package.json"));
  return path.join(path.dirname(resolve("pdfmake/package.json")), "fonts", "Roboto", `Roboto-${weight}.ttf`);
};

/** Draws the same chart as PNG, two pixels to a unit. The same chart gives the same bytes on machines of one kind. */
export async function drawPng(option: EChartsCoreOption, { width, height }: ChartSize): Promise<Buffer> {
  // Loaded when a picture is first drawn: it brings thirty megabytes of its own.
  const { createCanvas, GlobalFonts } = await import("@napi-rs/canvas");
  if (!GlobalFonts.has(FILE_FONT))
    for (const weight of FONT_FILES) GlobalFonts.registerFromPath(fontFile(weight), FILE_FONT);
  const canvas = createCanvas(width * 2, height * 2);
  // ECharts takes any canvas whose context draws; its types know the browser's alone.
  const chart = init(canvas as unknown as HTMLCanvasElement, null, { width, height, devicePixelRatio: 2 });
  try {
    chart.setOption({ animation: false, ...option });
    chart.getZr().flush();
    return canvas.toBuffer("image/png");
  } finally {
    chart.dispose();
  }
}

/** What a file says of itself, by name: letters of ASCII. */
export type PictureFacts = Readonly<Record<string, string>>;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter);

/** A drawing with what it says of itself in its metadata. */
export const svgWithFacts = (svg: string, facts: PictureFacts): string =>
  svg.replace(
    /^<svg[^>]*>/,
    (start) =>
      `${start}\n<metadata>${Object.entries(facts)
        .map(([name, text]) => `${escaped(name)}: ${escaped(text)}`)
        .join("\n")}</metadata>`,
  );

/** The signature of a PNG and its first chunk, which tells the size. */
const PNG_START = 8 + 25;

function textChunk(name: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${name}\0${text}`, "latin1");
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** The same for a PNG. */
export const pngWithFacts = (png: Buffer, facts: PictureFacts): Buffer =>
  Buffer.concat([
    png.subarray(0, PNG_START),
    ...Object.entries(facts).map(([name, text]) => textChunk(name, text)),
    png.subarray(PNG_START),
  ]);
