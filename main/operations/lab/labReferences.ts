/** Names in a lab file that must exist elsewhere in it, and what must be there only once. */

/** As much of a lab as its references need. */
interface Named {
  readonly name: string;
}

interface LabReferencesView {
  readonly hostGroups: readonly (Named & { readonly parent?: string | undefined })[];
  readonly hosts: readonly (Named & { readonly hostGroup: string; readonly virtualSwitches: readonly string[]; readonly nic: { readonly mac: number } })[];
  readonly logicalNetworks: readonly (Named & { readonly sites: readonly (Named & { readonly hostGroups: readonly string[] })[] })[];
  readonly runAsAccounts: readonly Named[];
  readonly vmNetworks: readonly (Named & {
    readonly logicalNetwork: string;
    readonly routingDomainId: string;
    readonly subnets: readonly (Named & { readonly vsid: number })[];
  })[];
  readonly virtualMachines: readonly MachineView[];
  readonly gatewayVirtualMachines: readonly MachineView[];
  readonly networkServices: readonly (Named & {
    readonly runAsAccount: string;
    readonly hostGroups: readonly string[];
    readonly host: string;
    readonly gatewayVirtualMachine: string;
    readonly frontEnd: { readonly adapter: string; readonly networkSite: string };
    readonly backEnd: { readonly adapter: string; readonly networkSite: string };
  })[];
  readonly libraryImages: readonly (Named & { readonly generation: number })[];
  readonly vmTemplates: readonly (Named & {
    readonly image: string;
    readonly generation: number;
    readonly adapters: readonly { readonly vmNetwork?: string | undefined; readonly logicalNetwork?: string | undefined }[];
  })[];
}

interface MachineView extends Named {
  readonly host: string;
  readonly adapters: readonly (Named & {
    readonly mac: number;
    readonly virtualSwitch?: string | undefined;
    readonly vmNetwork?: string | undefined;
    readonly vmSubnet?: string | undefined;
    readonly networkSite?: string | undefined;
  })[];
}

interface ReferenceFault {
  readonly path: (string | number)[];
  readonly message: string;
}

type Report = (path: (string | number)[], message: string) => void;

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
  const sites = new Names('network site', lab.logicalNetworks.flatMap((network) => namesOf(network.sites)), report);
  const groups = new Names('host group', namesOf(lab.hostGroups), report);
  checkFabric(lab, groups, report);
  checkMachines(lab, sites, report);
  checkServices(lab, groups, sites, report);
  checkTemplates(lab, report);
  checkUnique(lab, report);
  return faults;
}

function namesOf(entries: readonly Named[]): readonly string[] {
  return entries.map(({ name }) => name);
}

function checkFabric(lab: LabReferencesView, groups: Names, report: Report): void {
  const networks = new Names('logical network', namesOf(lab.logicalNetworks), report);
  lab.hostGroups.forEach((group, at) => {
    new Names('host group above it', namesOf(lab.hostGroups.slice(0, at)), report).need(group.parent, 'hostGroups', at, 'parent');
  });
  lab.hosts.forEach((host, at) => groups.need(host.hostGroup, 'hosts', at, 'hostGroup'));
  lab.logicalNetworks.forEach((network, at) => {
    network.sites.forEach((site, siteAt) => {
      site.hostGroups.forEach((group, groupAt) => groups.need(group, 'logicalNetworks', at, 'sites', siteAt, 'hostGroups', groupAt));
    });
  });
  lab.vmNetworks.forEach((network, at) => networks.need(network.logicalNetwork, 'vmNetworks', at, 'logicalNetwork'));
}

function checkMachines(lab: LabReferencesView, sites: Names, report: Report): void {
  const hosts = new Names('host', namesOf(lab.hosts), report);
  const vmNetworks = new Names('VM network', namesOf(lab.vmNetworks), report);
  for (const part of ['virtualMachines', 'gatewayVirtualMachines'] as const) {
    lab[part].forEach((machine, at) => {
      hosts.need(machine.host, part, at, 'host');
      const switches = new Names(`virtual switch on ${machine.host}`, findNamed(lab.hosts, machine.host)?.virtualSwitches ?? [], report);
      machine.adapters.forEach((adapter, adapterAt) => {
        const path = [part, at, 'adapters', adapterAt];
        switches.need(adapter.virtualSwitch, ...path, 'virtualSwitch');
        sites.need(adapter.networkSite, ...path, 'networkSite');
        vmNetworks.need(adapter.vmNetwork, ...path, 'vmNetwork');
        const subnets = findNamed(lab.vmNetworks, adapter.vmNetwork)?.subnets;
        if (subnets) new Names(`VM subnet of ${adapter.vmNetwork ?? ''}`, namesOf(subnets), report).need(adapter.vmSubnet, ...path, 'vmSubnet');
      });
    });
  }
}

function checkServices(lab: LabReferencesView, groups: Names, sites: Names, report: Report): void {
  const accounts = new Names('Run As account', namesOf(lab.runAsAccounts), report);
  const hosts = new Names('host', namesOf(lab.hosts), report);
  const machines = new Names('gateway virtual machine', namesOf(lab.gatewayVirtualMachines), report);
  lab.networkServices.forEach((service, at) => {
    accounts.need(service.runAsAccount, 'networkServices', at, 'runAsAccount');
    hosts.need(service.host, 'networkServices', at, 'host');
    machines.need(service.gatewayVirtualMachine, 'networkServices', at, 'gatewayVirtualMachine');
    service.hostGroups.forEach((group, groupAt) => groups.need(group, 'networkServices', at, 'hostGroups', groupAt));
    const adapters = namesOf(findNamed(lab.gatewayVirtualMachines, service.gatewayVirtualMachine)?.adapters ?? []);
    for (const end of ['frontEnd', 'backEnd'] as const) {
      new Names(`adapter of ${service.gatewayVirtualMachine}`, adapters, report).need(service[end].adapter, 'networkServices', at, end, 'adapter');
      sites.need(service[end].networkSite, 'networkServices', at, end, 'networkSite');
    }
  });
}

function checkTemplates(lab: LabReferencesView, report: Report): void {
  const vmNetworks = new Names('VM network', namesOf(lab.vmNetworks), report);
  const logicalNetworks = new Names('logical network', namesOf(lab.logicalNetworks), report);
  const images = new Names('library image', namesOf(lab.libraryImages), report);
  lab.vmTemplates.forEach((template, at) => {
    images.need(template.image, 'vmTemplates', at, 'image');
    const image = findNamed(lab.libraryImages, template.image);
    if (image && image.generation !== template.generation) report(['vmTemplates', at, 'generation'], `image "${template.image}" boots in generation ${image.generation} only`);
    template.adapters.forEach((adapter, adapterAt) => {
      vmNetworks.need(adapter.vmNetwork, 'vmTemplates', at, 'adapters', adapterAt, 'vmNetwork');
      logicalNetworks.need(adapter.logicalNetwork, 'vmTemplates', at, 'adapters', adapterAt, 'logicalNetwork');
    });
  });
}

function findNamed<T extends Named>(entries: readonly T[], name: string | undefined): T | undefined {
  return entries.find((entry) => entry.name.toLowerCase() === name?.toLowerCase());
}

function checkUnique(lab: LabReferencesView, report: Report): void {
  for (const part of ['hosts', 'logicalNetworks', 'runAsAccounts', 'vmNetworks', 'networkServices', 'libraryImages', 'vmTemplates'] as const) {
    once(lab[part].map(({ name }, at) => ({ value: name.toLowerCase(), path: [part, at, 'name'], text: `the name "${name}"` })), report);
  }
  once(
    (['virtualMachines', 'gatewayVirtualMachines'] as const).flatMap((part) =>
      lab[part].map(({ name }, at) => ({ value: name.toLowerCase(), path: [part, at, 'name'], text: `the name "${name}"` })),
    ),
    report,
  );
  once(lab.vmNetworks.map(({ routingDomainId }, at) => ({ value: routingDomainId, path: ['vmNetworks', at, 'routingDomainId'], text: 'this routing domain ID' })), report);
  once(
    lab.vmNetworks.flatMap((network, at) =>
      network.subnets.map(({ vsid }, subnetAt) => ({ value: vsid, path: ['vmNetworks', at, 'subnets', subnetAt, 'vsid'], text: `virtual subnet ID ${vsid}` })),
    ),
    report,
  );
  once(
    [
      ...lab.hosts.map(({ nic }, at) => ({ value: nic.mac, path: ['hosts', at, 'nic', 'mac'], text: 'this MAC address' })),
      ...(['virtualMachines', 'gatewayVirtualMachines'] as const).flatMap((part) =>
        lab[part].flatMap((machine, at) =>
          machine.adapters.map(({ mac }, adapterAt) => ({ value: mac, path: [part, at, 'adapters', adapterAt, 'mac'], text: 'this MAC address' })),
        ),
      ),
    ],
    report,
  );
}

function once(entries: readonly { readonly value: string | number; readonly path: (string | number)[]; readonly text: string }[], report: Report): void {
  const seen = new Set<string | number>();
  for (const { value, path, text } of entries) {
    if (seen.has(value)) report(path, `${text} stands twice in this lab`);
    seen.add(value);
  }
}
