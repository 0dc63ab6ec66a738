import { type Attributes, context, propagation, ROOT_CONTEXT, SpanStatusCode, trace } from "@opentelemetry/api";
import { Refusal } from "@/server/kernel/errors";
import { addressCutter } from "./trace-addresses";

const SERVICE = "maestro-conductor";

/** Sends the traces of this process to an OTLP collector; without one, spans cost a function call and go nowhere. */
export async function startTracing({
  OTEL_EXPORTER_OTLP_ENDPOINT,
}: {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
}) {
  if (OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return;
  const { registerOTel } = await import("@vercel/otel");
  registerOTel({ serviceName: SERVICE, spanProcessors: [addressCutter, "auto"] });
}

interface SpanFacts {
  /** Ids and kinds alone: a trace leaves the deployment, so nothing that a person wrote goes into one. */
  attributes: Attributes;
  /** The `traceparent` of what caused this in another process (W3C Trace Context). */
  parent?: string | undefined;
}

/** Does the work inside a span. A refusal is an answer and is named; any other error marks the span as failed. */
export async function inSpan<T>(name: string, { attributes, parent }: SpanFacts, work: () => Promise<T>): Promise<T> {
  const from = parent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
  return trace.getTracer(SERVICE).startActiveSpan(name, { attributes }, from, async (span) => {
    try {
      return await work();
    } catch (error) {
      const refusal = error instanceof Error && error.cause instanceof Refusal ? error.cause : error;
      if (refusal instanceof Refusal) span.setAttribute("conductor.refusal", refusal.code);
      else span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "unknown" });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The `traceparent` of the span at work, to hand to another process; undefined when nothing is traced. */
export function traceParent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** The ids that tie a log line to its trace; none when nothing is traced. */
export function traceIds(): { traceId?: string; spanId?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined ? {} : { traceId: span.traceId, spanId: span.spanId };
}
