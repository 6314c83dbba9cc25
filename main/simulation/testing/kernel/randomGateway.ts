/** One tenant's compartment with NAT and static mappings, random flows through it, for the engine and for the kernel alike. */
import { formatIpv4, ipv4, prefix } from '../../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../../shared/net/mac.ts';
import type { NatStaticMappingConfig } from '../../config.ts';
import type { Random } from '../../kernel/prng.ts';
import { gatewayEngine, kernelInterfaces, kernelRoutes, outsideHosts, outsideRouter, own, type GatewayEngine } from './gatewayEngine.ts';
import type { KernelSetup } from './kernelRouter.ts';
import { pick } from './randomFrames.ts';

export interface RandomGateway {
  readonly externalAddress: number;
  /** First address of the tenant's machines. */
  readonly machines: number;
  readonly kernel: KernelSetup;
  readonly own: ReadonlySet<number>;
  readonly mappings: readonly NatStaticMappingConfig[];
  /** Somebody outside, on the link or far away, with the MAC its frames come from. */
  readonly randomRemote: () => { readonly address: number; readonly mac: MacAddress };
  /** Runs frames through the engine, a few virtual milliseconds later each time. */
  readonly run: GatewayEngine;
}

/** `number`: 1 to 100; each has addresses of its own, because the kernel remembers the connections of those before. */
export function randomGateway(random: Random, number: number): RandomGateway {
  const externalAddress = ipv4('203.0.113.50') + number;
  const machines = ipv4('10.30.0.4') + number * 256;
  const mappings = randomMappings(random, machines);
  return {
    externalAddress,
    machines,
    kernel: kernelSetup(mappings, externalAddress),
    own: new Set([own.inside, own.outside]),
    mappings,
    randomRemote: () => (random.below(4) === 0 ? pick(random, outsideHosts) : { address: ((20 + random.below(60)) << 24) | (1 + random.below(0xfffffe)), mac: outsideRouter.mac }),
    run: gatewayEngine([{ externalAddress, network: prefix('10.30.0.0/16'), mappings }]),
  };
}

function randomMappings(random: Random, machines: number): NatStaticMappingConfig[] {
  return Array.from({ length: random.below(5) }, (_, at) => ({
    name: `rule ${at}`,
    protocol: pick(random, ['TCP', 'UDP'] as const),
    externalPort: 50 + at * 100 + random.below(100),
    internalAddress: machines + 100 + at,
    internalPort: 1 + random.below(1000),
  }));
}

function kernelSetup(mappings: readonly NatStaticMappingConfig[], externalAddress: number): KernelSetup {
  const external = formatIpv4(externalAddress);
  const dnat = mappings.map(
    ({ protocol, externalPort, internalAddress, internalPort }) => `ip daddr ${external} ${protocol.toLowerCase()} dport ${externalPort} dnat to ${formatIpv4(internalAddress)}:${internalPort}`,
  );
  return {
    interfaces: kernelInterfaces,
    routes: kernelRoutes,
    // What still has the external address as destination behind DNAT was not asked for: WinNAT drops it.
    ruleset: `
      chain destination { type nat hook prerouting priority -100; ${dnat.join('; ')}${dnat.length > 0 ? ';' : ''} }
      chain unsolicited { type filter hook prerouting priority -50; ip daddr ${external} drop; }
      chain source { type nat hook postrouting priority 100;
        iifname "n0" oifname "n0" ip protocol tcp ct status dnat snat to ${external}:1-49151;
        iifname "n0" oifname "n0" ip protocol udp ct status dnat snat to ${external}:1-49151;
        oifname "n1" ip protocol tcp snat to ${external}:1-49151;
        oifname "n1" ip protocol udp snat to ${external}:1-49151;
        oifname "n1" ip protocol icmp snat to ${external};
      }`,
  };
}
