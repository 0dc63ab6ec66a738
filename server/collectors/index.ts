export { askCollection } from "./ask-collection";
export {
  COLLECTED_KINDS,
  collectKind,
  collectRelease,
  type CollectingContext,
  listCollecting,
} from "./collect-evidence";
export { evidenceDue } from "./events";
export { keepRelease, listRelease, type ReleaseFile } from "./release";
