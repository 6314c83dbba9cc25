/** Host groups, hosts, logical networks, accounts and the outside of a lab. */
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import { automaticMetric } from '../../store/inventory/poolSettings.ts';
import type { LabDefinition, LabPool } from './labDefinition.ts';

export function buildHostGroups({ inventory, newId }: StepContext, lab: LabDefinition): StepResult {
  for (const { name, parent } of lab.hostGroups) {
    inventory.hosts.addGroup({ id: newId(), parentId: parent === undefined ? null : inventory.hosts.group(parent).id, name });
  }
  return counted(lab.hostGroups.length, 'host group');
}

export function buildHosts({ inventory, newId }: StepContext, lab: LabDefinition): StepResult {
  for (const { name, hostGroup, runAsAccount, nic, virtualSwitches, dedicatedGateway, virtual } of lab.hosts) {
    const id = newId();
    inventory.hosts.add({
      id,
      hostGroupId: inventory.hosts.group(hostGroup).id,
      name,
      isVirtual: virtual,
      isDedicatedGateway: dedicatedGateway,
      nicName: nic.name,
      nicMac: nic.mac,
      runAsAccountId: runAsAccount === undefined ? null : inventory.runAsAccounts.runAsAccount(runAsAccount).id,
    });
    for (const { name: switchName, logicalSwitch } of virtualSwitches) {
      inventory.hosts.addSwitch({ id: newId(), hostId: id, name: switchName, logicalSwitchId: logicalSwitch === undefined ? null : inventory.switchFabric.logicalSwitch(logicalSwitch).id });
    }
  }
  for (const { name, hosts } of lab.hostClusters) inventory.clusters.add('host', { id: newId(), name }, hosts.map((host) => inventory.hosts.host(host).id));
  return counted(lab.hosts.length, 'host');
}

export function buildLogicalNetworks(context: StepContext, lab: LabDefinition): StepResult {
  const { inventory, newId } = context;
  for (const { name, description, kind, networkVirtualization, sites } of lab.logicalNetworks) {
    const networkId = newId();
    inventory.logicalNetworks.add({ id: networkId, name, description, kind, networkVirtualization });
    for (const site of sites) {
      const siteId = newId();
      const groups = site.hostGroups.map((group) => inventory.hosts.group(group).id);
      inventory.logicalNetworks.addSite({ id: siteId, logicalNetworkId: networkId, name: site.name }, groups);
      for (const { subnet, vlan, secondaryVlan = null, pools } of site.subnets) {
        const subnetId = newId();
        inventory.logicalNetworks.addSubnet({ id: subnetId, networkSiteId: siteId, vlan, secondaryVlan, address: subnet.address, prefixLength: subnet.length });
        for (const pool of pools) addPool(context, pool, { networkSiteSubnetId: subnetId, vmSubnetId: null });
      }
    }
  }
  return counted(lab.logicalNetworks.length, 'logical network');
}

export function addPool(
  { inventory, newId }: StepContext,
  pool: LabPool,
  place: { readonly networkSiteSubnetId: string | null; readonly vmSubnetId: string | null },
): void {
  const { name, description, start, end, gateways, reserved, held, dnsServers, dnsSuffix, dnsSearchSuffixes, winsServers, enableNetbios } = pool;
  const id = newId();
  inventory.pools.add({ id, ...place, name, description, rangeStart: start, rangeEnd: end }, {
    gateways: gateways.map(({ address, metric }) => ({ address, metric: metric ?? automaticMetric, isAutomatic: metric === undefined })),
    reservations: reserved.map((range) => ({ start: range.start, end: range.end, isVip: range.vip })),
    dnsServers,
    dnsSuffix,
    dnsSearchSuffixes,
    winsServers,
    enableNetbios,
  });
  // What held them is not there: they are as inactive as they were.
  for (const { address, holderType, holder } of held) inventory.pools.allocate(newId(), id, address, { type: holderType, id: newId(), description: holder });
}

export function buildSwitchFabric({ inventory, newId }: StepContext, lab: LabDefinition): StepResult {
  for (const { name, description, start, end, hostGroups } of lab.macAddressPools) {
    inventory.switchFabric.addMacPool({ id: newId(), name, description, rangeStart: start, rangeEnd: end }, hostGroups.map((group) => inventory.hosts.group(group).id));
  }
  for (const { networkSites, ...profile } of lab.uplinkPortProfiles) {
    inventory.switchFabric.addProfile({ id: newId(), ...profile }, networkSites.map((site) => inventory.logicalNetworks.site(site).id));
  }
  for (const { name, description, uplinkPortProfile } of lab.logicalSwitches) {
    inventory.switchFabric.addSwitch({ id: newId(), name, description, uplinkPortProfileId: inventory.switchFabric.profile(uplinkPortProfile).id });
  }
  return { message: `${lab.macAddressPools.length} MAC address pools, ${lab.uplinkPortProfiles.length} uplink port profiles and ${lab.logicalSwitches.length} logical switches.` };
}

export function buildRunAsAccounts({ inventory, newId }: StepContext, lab: LabDefinition): StepResult {
  for (const account of lab.runAsAccounts) inventory.runAsAccounts.add({ id: newId(), ...account });
  return counted(lab.runAsAccounts.length, 'Run As account');
}

export function buildExternalNetwork({ inventory, newId }: StepContext, lab: LabDefinition): StepResult {
  const { routers, hosts, vpnDevices } = lab.outside;
  for (const { name, subnet, address, mac } of routers) inventory.external.addRouter({ id: newId(), name, address, prefixLength: subnet.length, mac });
  for (const host of hosts) inventory.external.addHost({ id: newId(), ...host });
  for (const { lan, authentication, autonomousSystemNumber = null, hosts: inside, ...device } of vpnDevices) {
    inventory.external.addVpnDevice(
      { id: newId(), ...device, lanName: lan.name, lanAddress: lan.address, lanPrefixLength: lan.subnet.length, lanMac: lan.mac, authenticationMethods: authentication, autonomousSystemNumber },
      inside.map((host) => ({ id: newId(), ...host })),
    );
  }
  return { message: `${routers.length} routers, ${hosts.length} hosts and ${vpnDevices.length} VPN devices outside.` };
}

export function counted(count: number, what: string): StepResult {
  return { message: `${count} ${what}${count === 1 ? '' : 's'}.` };
}
