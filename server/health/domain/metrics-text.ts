import type { Histogram } from "@/server/kernel/histogram";

export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
  /** What follows the metric's name, such as `_bucket` of a histogram. */
  part?: "_bucket" | "_sum" | "_count";
}

export interface Metric {
  name: string;
  /** One line. */
  help: string;
  type: "gauge" | "counter" | "histogram";
  samples: readonly Sample[];
}

const escaped = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');

function line(name: string, { labels, value, part }: Sample): string {
  const named = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${part ?? ""}${named.length === 0 ? "" : `{${named.join(",")}}`} ${value}`;
}

/** Metrics as Prometheus reads them (text format 0.0.4). */
export function metricsText(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, help, type, samples }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map((sample) => line(name, sample)),
  ]);
  return `${lines.join("\n")}\n`;
}

/** A histogram's samples as Prometheus counts them: each bucket holds those before it too. */
export function histogramSamples({ bounds, counts, sum }: Histogram, labels: Sample["labels"]): Sample[] {
  let total = 0;
  const buckets = counts.map((count, place): Sample => {
    total += count;
    return { part: "_bucket", labels: { ...labels, le: String(bounds[place] ?? "+Inf") }, value: total };
  });
  return [...buckets, { part: "_sum", labels, value: sum }, { part: "_count", labels, value: total }];
}
