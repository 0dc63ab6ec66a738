import { BlockList, isIP } from "node:net";

/** IPv4 ranges that are not the public internet (IANA special-purpose registry). */
const CLOSED_V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** Inside 2000::/3, the only public IPv6 range: what is reserved, documentation, or carries an IPv4 address of its own. */
const CLOSED_V6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const closedV4 = new BlockList();
for (const [network, prefix] of CLOSED_V4) closedV4.addSubnet(network, prefix, "ipv4");
const publicV6 = new BlockList();
publicV6.addSubnet("2000::", 3, "ipv6");
const closedV6 = new BlockList();
for (const [network, prefix] of CLOSED_V6) closedV6.addSubnet(network, prefix, "ipv6");

const isPublic = (address: string): boolean => {
  if (isIP(address) === 4) return !closedV4.check(address, "ipv4");
  return isIP(address) === 6 && publicV6.check(address, "ipv6") && !closedV6.check(address, "ipv6");
};

export interface EgressPolicy {
  /** True when this address may be connected to for this host and port. */
  mayConnect(target: { host: string; port: number; address: string }): boolean;
}

/** Public addresses, and what the deployment allows besides: `host:port` pairs and CIDR ranges. */
export function egressPolicy(allowed: readonly string[]): EgressPolicy {
  const ranges = new BlockList();
  const targets = new Set<string>();
  for (const entry of allowed) {
    const [network = "", prefix] = entry.split("/");
    if (prefix !== undefined) ranges.addSubnet(network, Number(prefix), isIP(network) === 6 ? "ipv6" : "ipv4");
    else targets.add(entry.toLowerCase());
  }
  return {
    mayConnect: ({ host, port, address }) => {
      const family = isIP(address);
      if (family === 0) return false;
      const named = `${family === 6 && isIP(host) === 6 ? `[${host}]` : host}:${port}`.toLowerCase();
      return targets.has(named) || ranges.check(address, family === 6 ? "ipv6" : "ipv4") || isPublic(address);
    },
  };
}
