import { drawPng, drawSvg, FILE_FONT, pngWithFacts, svgWithFacts } from "@/server/platform/chart";
import { type CapturedObjective, captureOption, type CaptureSource } from "./domain/capture-option";

interface Capture {
  objectives: readonly CapturedObjective[];
  source: CaptureSource;
  from: Date;
  to: Date;
}

const chartOf = ({ objectives, source, ...range }: Capture) =>
  captureOption(objectives, source, { ...range, font: FILE_FONT });

const factsOf = ({ source: { url, query, capturedAt, dataDigest } }: Capture) => ({
  ...{ URL: url, Query: query, "Capture time": capturedAt.toISOString(), "Data SHA-256": dataDigest },
});

/** A capture as SVG, which says in its metadata where it comes from. The same capture is the same bytes. */
export function captureSvg(capture: Capture): string {
  const { option, size } = chartOf(capture);
  return `${svgWithFacts(drawSvg(option, size), factsOf(capture))}\n`;
}

/** The same chart as PNG. */
export async function capturePng(capture: Capture): Promise<Buffer> {
  const { option, size } = chartOf(capture);
  return pngWithFacts(await drawPng(option, size), factsOf(capture));
}
