import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, MarkLineComponent, SVGRenderer]);

/** A drawing's size in its own units; a page scales it to its column. */
const CHART_SIZE = { width: 480, height: 220 } as const;

/**
 * Draws a chart as SVG, on the server: a page needs no script to be read. Without the style sheet that ECharts appends for
 * pointers, which the page's policy would refuse, and with names that do not count on from drawing to drawing: the same chart
 * gives the same bytes. Eleven milliseconds of a core.
 */
export function drawChart(option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, ...CHART_SIZE });
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
