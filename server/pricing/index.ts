export { analysePricing, type PricingAnalysis } from "./analyse-pricing";
