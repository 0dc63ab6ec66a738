export { checkHealth, type Health } from "./check-health";
export { answerHealth, answerMetrics, answerReady } from "./handlers";
