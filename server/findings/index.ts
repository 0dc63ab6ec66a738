export { raiseFindings } from "./raise-findings";
