export { getTrustPage, publishTrustPage, withdrawTrustPage } from "./set-trust-page";
