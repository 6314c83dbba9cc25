/** Provider addresses: one for each virtual subnet on each host that has a machine in it (fact sheet §2.4). VMM's objects do not name them, so each host gets free ones. */
import { formatIpv4 } from '../../../../shared/net/ipv4.ts';
import type { Draft, HostInput, MachineInput, ProviderAddressInput, ServiceInput, VmNetworkInput } from './draft.ts';
import type { Fabric } from './fabric.ts';

interface Users {
  readonly machines: readonly MachineInput[];
  readonly networks: readonly VmNetworkInput[];
  readonly services: readonly ServiceInput[];
}

export function providerAddressesOf(draft: Draft, fabric: Fabric, { machines, networks, services }: Users): ProviderAddressInput[] {
  const hosts = new Map((fabric.parts.hosts ?? []).map((host) => [host.name, host]));
  const byName = new Map(networks.map((network) => [network.name, network]));
  const hostOfService = new Map(services.map(({ name, host }) => [name, host]));
  const made = new Map<string, ProviderAddressInput>();
  const grant = (hostName: string | undefined, network: VmNetworkInput, vsid: number): void => {
    const host = hosts.get(hostName ?? '');
    const key = `${hostName ?? ''} ${vsid}`;
    if (host === undefined || made.has(key)) return;
    const free = freeAddress(fabric, host, network.logicalNetwork);
    if (free === undefined) draft.report.add(draft.placeOf(host) ?? host.name, `no IP address pool of ${network.logicalNetwork} has a free provider address for this host`);
    else made.set(key, { host: host.name, vsid, ...free });
  };
  for (const { host, adapters = [] } of machines) {
    for (const { vmNetwork = '', vmSubnet } of adapters) {
      const network = byName.get(vmNetwork);
      const subnet = network?.subnets?.find(({ name }) => name === vmSubnet);
      if (network !== undefined && subnet !== undefined) grant(host, network, subnet.vsid);
    }
  }
  for (const network of networks) if (network.gateway !== undefined) grant(hostOfService.get(network.gateway.networkService), network, network.gateway.vsid);
  return [...made.values()];
}

function freeAddress({ allSites, groupsAbove }: Fabric, host: HostInput, logicalNetwork: string): { readonly pool: string; readonly address: string } | undefined {
  const groups = groupsAbove(host.hostGroup);
  for (const site of allSites) {
    if (site.logicalNetwork !== logicalNetwork || !groups.some((group) => site.groups.has(group))) continue;
    for (const pool of site.pools) {
      const address = pool.takeFree();
      if (address !== undefined) return { pool: pool.name, address: formatIpv4(address) };
    }
  }
  return undefined;
}
