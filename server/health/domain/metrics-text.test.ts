import { expect, it } from "vitest";
import { histogramSamples, metricsText } from "./metrics-text";

it("writes metrics as Prometheus reads them", () => {
  const text = metricsText([
    {
      name: "runs_queued",
      help: "Runs that wait.",
      type: "gauge",
      samples: [
        { labels: { class: "bulk", reason: 'a "b"\\c\nd' }, value: 3 },
        { labels: {}, value: 0.5 },
      ],
    },
    { name: "hits_total", help: "Hits.", type: "counter", samples: [] },
  ]);
  expect(text).toBe(
    '# HELP runs_queued Runs that wait.\n# TYPE runs_queued gauge\nruns_queued{class="bulk",reason="a \\"b\\"\\\\c\\nd"} 3\n' +
      "runs_queued 0.5\n# HELP hits_total Hits.\n# TYPE hits_total counter\n",
  );
});

it("writes a histogram with each bucket holding those before it", () => {
  const samples = histogramSamples({ bounds: [0.001, 0.01], counts: [3, 2, 1], sum: 0.5 }, { process: "web:h:1" });
  const text = metricsText([{ name: "took_seconds", help: "Took.", type: "histogram", samples }]);
  expect(text.split("\n").slice(2)).toEqual([
    'took_seconds_bucket{process="web:h:1",le="0.001"} 3',
    'took_seconds_bucket{process="web:h:1",le="0.01"} 5',
    'took_seconds_bucket{process="web:h:1",le="+Inf"} 6',
    'took_seconds_sum{process="web:h:1"} 0.5',
    'took_seconds_count{process="web:h:1"} 6',
    "",
  ]);
});
