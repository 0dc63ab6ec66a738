export { askCollection } from "./ask-collection";
export {
  COLLECTED_KINDS,
  collectKind,
  collectRelease,
  type CollectingContext,
  listCollecting,
} from "./collect-evidence";
export { type Deployment, deploymentOf } from "./collector";
export { evidenceDue } from "./events";
export { keepRelease, listRelease, type ReleaseFile } from "./release";
