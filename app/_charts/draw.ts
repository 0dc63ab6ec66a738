import type { EChartsCoreOption } from "echarts/core";
import { drawSvg } from "@/server/platform/chart";

/** A drawing's size in its own units; a page scales it to its column. */
const CHART_SIZE = { width: 480, height: 220 } as const;

/** Draws a chart as SVG, on the server: a page needs no script to be read. */
export const drawChart = (option: EChartsCoreOption): string => drawSvg(option, CHART_SIZE);
