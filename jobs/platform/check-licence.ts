import { installedLicence } from "@/server/entitlements";
import { systemClock } from "@/server/kernel/clock";

/** Stops the start of a process whose licence does not count here. Throws LicenceError. */
export const checkLicence = (): void => {
  installedLicence(systemClock.now());
};
