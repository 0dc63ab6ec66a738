export { checkHealth, type Health } from "./check-health";
export { answerHealth, answerReady } from "./handlers";
