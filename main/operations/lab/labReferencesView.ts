/** A lab as its references see it. */

/** As much of a lab as its references need. */
export interface Named {
  readonly name: string;
}

export interface LabReferencesView {
  readonly hostGroups: readonly (Named & { readonly parent?: string | undefined })[];
  readonly hosts: readonly (Named & {
    readonly hostGroup: string;
    readonly runAsAccount?: string | undefined;
    readonly virtualSwitches: readonly (Named & { readonly logicalSwitch?: string | undefined })[];
    readonly nic: { readonly mac: number };
  })[];
  readonly hostClusters: readonly (Named & { readonly hosts: readonly string[] })[];
  readonly logicalNetworks: readonly (Named & {
    readonly sites: readonly (Named & { readonly hostGroups: readonly string[]; readonly subnets: readonly { readonly pools: readonly Named[] }[] })[];
  })[];
  readonly macAddressPools: readonly (Named & { readonly hostGroups: readonly string[] })[];
  readonly uplinkPortProfiles: readonly (Named & { readonly networkSites: readonly string[] })[];
  readonly logicalSwitches: readonly (Named & { readonly uplinkPortProfile: string })[];
  readonly runAsAccounts: readonly Named[];
  readonly vmNetworks: readonly (Named & {
    readonly logicalNetwork: string;
    readonly routingDomainId: string;
    readonly subnets: readonly (Named & { readonly vsid: number; readonly pool?: Named | undefined; readonly furtherPools: readonly Named[] })[];
    readonly gateway?:
      | {
          readonly networkService: string;
          readonly compartment: number;
          readonly vsid: number;
          readonly vpnConnections: readonly (Named & { readonly runAsAccount?: string | undefined })[];
          readonly nat?: { readonly pool: string; readonly furtherAddresses: readonly { readonly pool: string }[] } | undefined;
        }
      | undefined;
  })[];
  readonly guestClusters: readonly (Named & { readonly virtualMachines: readonly string[] })[];
  readonly providerAddresses?: readonly { readonly host: string; readonly vsid: number; readonly pool: string }[] | undefined;
  readonly virtualMachines: readonly MachineView[];
  readonly gatewayVirtualMachines: readonly MachineView[];
  readonly networkServices: readonly (Named & {
    readonly runAsAccount: string;
    readonly hostGroups: readonly string[];
    readonly host?: string | undefined;
    readonly gatewayVirtualMachine?: string | undefined;
    readonly standbyVirtualMachine?: string | undefined;
    readonly frontEnd?: ConnectionView | undefined;
    readonly backEnd?: ConnectionView | undefined;
  })[];
  readonly serviceTemplates: readonly (Named & { readonly vmTemplate: string })[];
  readonly outside: {
    readonly routers: readonly OutsideView[];
    readonly hosts: readonly OutsideView[];
    readonly vpnDevices: readonly OutsideView[];
  };
  readonly libraryImages: readonly (Named & { readonly generation: number })[];
  readonly vmTemplates: readonly (Named & {
    readonly image: string;
    readonly generation: number;
    readonly adapters: readonly { readonly vmNetwork?: string | undefined; readonly logicalNetwork?: string | undefined }[];
  })[];
}

interface ConnectionView {
  readonly adapter: string;
  readonly networkSite: string;
  readonly pool?: string | undefined;
}

interface OutsideView extends Named {
  readonly address: number;
  readonly mac: number;
}

interface MachineView extends Named {
  readonly host: string;
  readonly adapters: readonly (Named & {
    readonly mac: number;
    readonly virtualSwitch?: string | undefined;
    readonly vmNetwork?: string | undefined;
    readonly vmSubnet?: string | undefined;
    readonly networkSite?: string | undefined;
    readonly pool?: string | undefined;
  })[];
}

/** Tells of a fault at a place of the lab. */
export type Report = (path: (string | number)[], message: string) => void;

interface Placed {
  readonly value: string;
  readonly path: (string | number)[];
}

/** Every IP address pool of the lab with its place. */
export function poolsOf(lab: LabReferencesView): readonly Placed[] {
  const ofSites = lab.logicalNetworks.flatMap((network, at) =>
    network.sites.flatMap((site, siteAt) =>
      site.subnets.flatMap(({ pools }, subnetAt) => pools.map(({ name }, poolAt) => ({ value: name, path: ['logicalNetworks', at, 'sites', siteAt, 'subnets', subnetAt, 'pools', poolAt, 'name'] }))),
    ),
  );
  const ofNetworks = lab.vmNetworks.flatMap((network, at) =>
    network.subnets.flatMap(({ pool, furtherPools }, subnetAt) => [
      ...(pool === undefined ? [] : [{ value: pool.name, path: ['vmNetworks', at, 'subnets', subnetAt, 'pool', 'name'] }]),
      ...furtherPools.map(({ name }, poolAt) => ({ value: name, path: ['vmNetworks', at, 'subnets', subnetAt, 'furtherPools', poolAt, 'name'] })),
    ]),
  );
  return [...ofSites, ...ofNetworks];
}
