import { expect, it } from "vitest";
import { metricsText } from "./metrics-text";

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
