export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

export interface Metric {
  name: string;
  /** One line. */
  help: string;
  type: "gauge" | "counter";
  samples: readonly Sample[];
}

const escaped = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');

function line(name: string, { labels, value }: Sample): string {
  const named = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${named.length === 0 ? "" : `{${named.join(",")}}`} ${value}`;
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
