import { defineWorkflow, inputs, ref, secret } from "maestro-conductor/workflow";

const input = inputs({
  host: { type: "string", enum: ["www.example.com", "api.example.com"] },
  rollover_at: { type: "string", format: "date-time", description: "When the new certificate is put in place" },
});

/** Announces a change in Slack, waits for its moment, makes it, and keeps the proof. */
export default defineWorkflow({
  name: "Certificate rollover",
  description: "Tells the channel, waits until the agreed moment, puts the new certificate in place, keeps evidence.",
  attributes: {
    environment: "prod",
    region: "eu",
    risk_profile: "medium",
    business_unit: "platform",
    data_sensitivity: "internal",
  },
  importance: "important",
  input,
  steps: [
    {
      id: "announce",
      name: "Tell the channel",
      type: "notify",
      channel: "slack",
      webhook: "SLACK_OPS_WEBHOOK",
      text: `The certificate of ${input("host")} is replaced at ${input("rollover_at")}.`,
      next: "moment",
    },
    { id: "moment", name: "Until the moment", type: "wait", until: input("rollover_at"), next: "replace" },
    {
      id: "replace",
      name: "Put it in place",
      type: "http",
      request: {
        method: "POST",
        url: "https://edge.example.com/v1/certificates/rollover",
        headers: { Authorization: `Bearer ${secret("EDGE_TOKEN")}` },
        body: { host: input("host") },
      },
      retries: 2,
      next: "settle",
    },
    { id: "settle", name: "Let caches expire", type: "wait", seconds: 300, next: "probe" },
    {
      id: "probe",
      name: "What is served now",
      type: "http",
      request: { url: `https://edge.example.com/v1/certificates?host=${input("host")}` },
      next: "keep",
    },
    {
      id: "keep",
      name: "Keep the proof",
      type: "evidence",
      file: `certificate-${input("host")}.json`,
      content: { host: input("host"), replaced: ref.step("replace", "body"), served: ref.step("probe", "body") },
      next: "done",
    },
    {
      id: "done",
      name: "Tell the channel again",
      type: "notify",
      channel: "slack",
      webhook: "SLACK_OPS_WEBHOOK",
      text: `${input("host")} serves the certificate ${ref.step("probe", "body", "serial")}.`,
    },
  ],
});
