export { getSwitchboard } from "./get-switchboard";
