export { bootEngine, type EngineOptions } from "./boot";
export { UnsupportedFunctionError } from "./config";
export { DEFAULT_TUNING, type Engine, type EngineClock, type Tuning } from "./engine";
export { pump } from "./pump";
export { purgeEngine, purgeTenant, RETENTION_DAYS } from "./retention";
export { stepIdempotencyKey } from "./step-key";
export { routeEvents } from "./route-events";
export { startWorker, type Worker, type WorkerOptions } from "./worker";
