import {
  DATA_SENSITIVITIES,
  type DataSensitivity,
  type Environment,
  RISK_PROFILES,
  type RiskProfile,
} from "./vocabulary";

/** What is compared of two workflows, of which one calls the other. */
export interface Callable {
  environment: Environment;
  region: string;
  riskProfile: RiskProfile;
  dataSensitivity: DataSensitivity;
}

/**
 * Whether a run of one workflow may start one of another: in its own environment and region, at no more risk and with no
 * more sensitive data than its own. Whoever may start the one may then start the other, so nobody is asked again.
 */
export function mayCall(caller: Callable, called: Callable): boolean {
  return (
    caller.environment === called.environment &&
    caller.region === called.region &&
    RISK_PROFILES.indexOf(called.riskProfile) <= RISK_PROFILES.indexOf(caller.riskProfile) &&
    DATA_SENSITIVITIES.indexOf(called.dataSensitivity) <= DATA_SENSITIVITIES.indexOf(caller.dataSensitivity)
  );
}
