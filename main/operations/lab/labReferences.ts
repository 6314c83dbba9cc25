/** Names in a lab file that must exist elsewhere in it. */
import { poolsOf, type LabReferencesView, type Named, type Report } from './labReferencesView.ts';
import { checkUnique } from './labUniqueness.ts';

interface ReferenceFault {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Names are compared without regard to case, as the console does. */
class Names {
  readonly #kind: string;
  readonly #known: ReadonlySet<string>;
  readonly #report: Report;

  constructor(kind: string, known: readonly string[], report: Report) {
    this.#kind = kind;
    this.#known = new Set(known.map((entry) => entry.toLowerCase()));
    this.#report = report;
  }

  need(reference: string | undefined, ...path: (string | number)[]): void {
    if (reference !== undefined && !this.#known.has(reference.toLowerCase())) this.#report(path, `there is no ${this.#kind} "${reference}" in this lab`);
  }
}

export function checkReferences(lab: LabReferencesView): readonly ReferenceFault[] {
  const faults: ReferenceFault[] = [];
  const report: Report = (path, message) => faults.push({ path, message });
  const names: LabNames = {
    sites: new Names('network site', lab.logicalNetworks.flatMap((network) => namesOf(network.sites)), report),
    groups: new Names('host group', namesOf(lab.hostGroups), report),
    accounts: new Names('Run As account', namesOf(lab.runAsAccounts), report),
    hosts: new Names('host', namesOf(lab.hosts), report),
    pools: new Names('IP address pool', poolsOf(lab).map(({ value }) => value), report),
    machines: new Names('gateway virtual machine', namesOf(lab.gatewayVirtualMachines), report),
  };
  // First: a name that stands twice makes references fail that are right.
  checkUnique(lab, report);
  checkFabric(lab, names, report);
  checkSwitches(lab, names, report);
  checkMachines(lab, names, report);
  checkServices(lab, names, report);
  checkConnectivity(lab, names, report);
  checkTemplates(lab, report);
  return faults;
}

/** Names that many places refer to. */
interface LabNames {
  readonly sites: Names;
  readonly groups: Names;
  readonly accounts: Names;
  readonly hosts: Names;
  readonly pools: Names;
  readonly machines: Names;
}

function namesOf(entries: readonly Named[]): readonly string[] {
  return entries.map(({ name }) => name);
}

function checkFabric(lab: LabReferencesView, { groups, accounts, hosts }: LabNames, report: Report): void {
  const networks = new Names('logical network', namesOf(lab.logicalNetworks), report);
  const above = new Set<string>();
  lab.hostGroups.forEach((group, at) => {
    if (group.parent !== undefined && !above.has(group.parent.toLowerCase())) report(['hostGroups', at, 'parent'], `there is no host group above it "${group.parent}" in this lab`);
    above.add(group.name.toLowerCase());
  });
  lab.hosts.forEach((host, at) => {
    groups.need(host.hostGroup, 'hosts', at, 'hostGroup');
    accounts.need(host.runAsAccount, 'hosts', at, 'runAsAccount');
  });
  lab.hostClusters.forEach((cluster, at) => cluster.hosts.forEach((host, hostAt) => hosts.need(host, 'hostClusters', at, 'hosts', hostAt)));
  lab.logicalNetworks.forEach((network, at) => {
    network.sites.forEach((site, siteAt) => {
      site.hostGroups.forEach((group, groupAt) => groups.need(group, 'logicalNetworks', at, 'sites', siteAt, 'hostGroups', groupAt));
    });
  });
  lab.vmNetworks.forEach((network, at) => networks.need(network.logicalNetwork, 'vmNetworks', at, 'logicalNetwork'));
}

function checkSwitches(lab: LabReferencesView, { groups, sites }: LabNames, report: Report): void {
  const profiles = new Names('uplink port profile', namesOf(lab.uplinkPortProfiles), report);
  const switches = new Names('logical switch', namesOf(lab.logicalSwitches), report);
  lab.macAddressPools.forEach((pool, at) => pool.hostGroups.forEach((group, groupAt) => groups.need(group, 'macAddressPools', at, 'hostGroups', groupAt)));
  lab.uplinkPortProfiles.forEach((profile, at) => profile.networkSites.forEach((site, siteAt) => sites.need(site, 'uplinkPortProfiles', at, 'networkSites', siteAt)));
  lab.logicalSwitches.forEach((entry, at) => profiles.need(entry.uplinkPortProfile, 'logicalSwitches', at, 'uplinkPortProfile'));
  lab.hosts.forEach((host, at) => host.virtualSwitches.forEach(({ logicalSwitch }, switchAt) => switches.need(logicalSwitch, 'hosts', at, 'virtualSwitches', switchAt, 'logicalSwitch')));
}

function checkMachines(lab: LabReferencesView, { hosts, sites, pools }: LabNames, report: Report): void {
  const vmNetworks = new Names('VM network', namesOf(lab.vmNetworks), report);
  for (const part of ['virtualMachines', 'gatewayVirtualMachines'] as const) {
    lab[part].forEach((machine, at) => {
      hosts.need(machine.host, part, at, 'host');
      const switches = new Names(`virtual switch on ${machine.host}`, namesOf(findNamed(lab.hosts, machine.host)?.virtualSwitches ?? []), report);
      machine.adapters.forEach((adapter, adapterAt) => {
        const path = [part, at, 'adapters', adapterAt];
        switches.need(adapter.virtualSwitch, ...path, 'virtualSwitch');
        sites.need(adapter.networkSite, ...path, 'networkSite');
        vmNetworks.need(adapter.vmNetwork, ...path, 'vmNetwork');
        pools.need(adapter.pool, ...path, 'pool');
        const subnets = findNamed(lab.vmNetworks, adapter.vmNetwork)?.subnets;
        if (subnets) new Names(`VM subnet of ${adapter.vmNetwork ?? ''}`, namesOf(subnets), report).need(adapter.vmSubnet, ...path, 'vmSubnet');
      });
    });
  }
  const machines = new Names('virtual machine', [...namesOf(lab.virtualMachines), ...namesOf(lab.gatewayVirtualMachines)], report);
  lab.guestClusters.forEach((cluster, at) => cluster.virtualMachines.forEach((machine, machineAt) => machines.need(machine, 'guestClusters', at, 'virtualMachines', machineAt)));
}

function checkServices(lab: LabReferencesView, { accounts, hosts, machines, groups, sites, pools }: LabNames, report: Report): void {
  lab.networkServices.forEach((service, at) => {
    const path = ['networkServices', at];
    accounts.need(service.runAsAccount, ...path, 'runAsAccount');
    hosts.need(service.host, ...path, 'host');
    machines.need(service.gatewayVirtualMachine, ...path, 'gatewayVirtualMachine');
    machines.need(service.standbyVirtualMachine, ...path, 'standbyVirtualMachine');
    service.hostGroups.forEach((group, groupAt) => groups.need(group, ...path, 'hostGroups', groupAt));
    const adapters = namesOf(findNamed(lab.gatewayVirtualMachines, service.gatewayVirtualMachine)?.adapters ?? []);
    for (const end of ['frontEnd', 'backEnd'] as const) {
      const connection = service[end];
      if (connection === undefined) continue;
      if (service.gatewayVirtualMachine === undefined) report([...path, end], 'a device without gatewayVirtualMachine has nothing to connect');
      else new Names(`adapter of ${service.gatewayVirtualMachine}`, adapters, report).need(connection.adapter, ...path, end, 'adapter');
      sites.need(connection.networkSite, ...path, end, 'networkSite');
      pools.need(connection.pool, ...path, end, 'pool');
    }
  });
}

function checkConnectivity(lab: LabReferencesView, { accounts, hosts, pools }: LabNames, report: Report): void {
  const services = new Names('network service', namesOf(lab.networkServices), report);
  const vsids = new Set(lab.vmNetworks.flatMap(({ subnets, gateway }) => [...subnets.map(({ vsid }) => vsid), ...(gateway === undefined ? [] : [gateway.vsid])]));
  lab.vmNetworks.forEach(({ gateway }, at) => {
    const path = ['vmNetworks', at, 'gateway'];
    services.need(gateway?.networkService, ...path, 'networkService');
    pools.need(gateway?.nat?.pool, ...path, 'nat', 'pool');
    gateway?.nat?.furtherAddresses.forEach((further, furtherAt) => pools.need(further.pool, ...path, 'nat', 'furtherAddresses', furtherAt, 'pool'));
    gateway?.vpnConnections.forEach((connection, connectionAt) => accounts.need(connection.runAsAccount, ...path, 'vpnConnections', connectionAt, 'runAsAccount'));
  });
  lab.providerAddresses?.forEach(({ host, vsid, pool }, at) => {
    hosts.need(host, 'providerAddresses', at, 'host');
    pools.need(pool, 'providerAddresses', at, 'pool');
    if (!vsids.has(vsid)) report(['providerAddresses', at, 'vsid'], `there is no virtual subnet ID ${vsid} in this lab`);
  });
}

function checkTemplates(lab: LabReferencesView, report: Report): void {
  const vmNetworks = new Names('VM network', namesOf(lab.vmNetworks), report);
  const logicalNetworks = new Names('logical network', namesOf(lab.logicalNetworks), report);
  const images = new Names('library image', namesOf(lab.libraryImages), report);
  const templates = new Names('VM template', namesOf(lab.vmTemplates), report);
  lab.vmTemplates.forEach((template, at) => {
    images.need(template.image, 'vmTemplates', at, 'image');
    const image = findNamed(lab.libraryImages, template.image);
    if (image && image.generation !== template.generation) report(['vmTemplates', at, 'generation'], `image "${template.image}" boots in generation ${image.generation} only`);
    template.adapters.forEach((adapter, adapterAt) => {
      vmNetworks.need(adapter.vmNetwork, 'vmTemplates', at, 'adapters', adapterAt, 'vmNetwork');
      logicalNetworks.need(adapter.logicalNetwork, 'vmTemplates', at, 'adapters', adapterAt, 'logicalNetwork');
    });
  });
  lab.serviceTemplates.forEach((template, at) => templates.need(template.vmTemplate, 'serviceTemplates', at, 'vmTemplate'));
}

const indexes = new WeakMap<readonly Named[], ReadonlyMap<string, Named>>();

/** Each list is indexed once: a lab may have thousands of machines that ask for their VM network. */
function findNamed<T extends Named>(entries: readonly T[], name: string | undefined): T | undefined {
  const known = indexes.get(entries) as ReadonlyMap<string, T> | undefined;
  const index = known ?? new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  if (known === undefined) indexes.set(entries, index);
  return index.get(name?.toLowerCase() ?? '');
}

