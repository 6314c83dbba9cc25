/** Inventory of a large VMM as Export-VmmInventory.ps1 writes it: one host and one gateway for each hundred tenants, each tenant with NAT, one virtual machine, and every second one with a VPN connection and its own key. */

/** What one gateway may serve. */
const tenantsOfGateway = 100;

/** The text of the file. */
export function largeVmmInventory(tenants: number): string {
  const gateways = numbers(Math.ceil(tenants / tenantsOfGateway));
  const all = numbers(tenants);
  const withVpn = all.filter((n) => n % 2 === 0);
  return JSON.stringify({
    Format: 'HNV Gateway Console VMM inventory',
    Version: 1,
    VMMServer: 'VMM01',
    HostGroups: [{ ID: 'hg', Name: 'All Hosts', ParentID: '' }],
    RunAsAccounts: [{ ID: 'ra', Name: 'GatewayLocalAdmin', UserName: 'Administrator' }, ...withVpn.map((n) => ({ ID: `ra-${n}`, Name: `Tenant${n}_PSK`, UserName: `Tenant${n}` }))],
    LogicalNetworks: [
      { ID: 'ln-1', Name: 'External', NetworkVirtualizationEnabled: false },
      { ID: 'ln-2', Name: 'Provider', NetworkVirtualizationEnabled: true },
    ],
    LogicalNetworkDefinitions: [site('1', 'External_0', '100.64.0.0/16'), site('2', 'Provider_0', '172.16.0.0/16')],
    StaticIPAddressPools: [
      { ...pool('ip-1', 'External_Pool', '100.64.0.0/16', '100.64.0.10', '100.64.250.250'), LogicalNetworkDefinitionID: 'ld-1' },
      { ...pool('ip-2', 'Provider_Pool', '172.16.0.0/16', '172.16.0.10', '172.16.250.250'), LogicalNetworkDefinitionID: 'ld-2' },
      ...all.map((n) => ({ ...pool(`tp-${n}`, `Tenant${n}_Pool`, '10.30.1.0/24', '10.30.1.4', '10.30.1.254'), VMSubnetID: `vs-${n}` })),
    ],
    Hosts: gateways.flatMap((n) => [host(`h-${n}`, `HyperV${n}`, mac(1, n), false), host(`gh-${n}`, `HyperVGW${n}`, mac(2, n), true)]),
    VMNetworks: [
      { ID: uuid(1, 0), Name: 'External', LogicalNetworkID: 'ln-1', RoutingDomainID: '', IsolationType: 'NoIsolation' },
      ...all.map((n) => ({ ID: `vn-${n}`, Name: `Tenant${n}`, LogicalNetworkID: 'ln-2', RoutingDomainID: uuid(2, n), IsolationType: 'WindowsNetworkVirtualization' })),
    ],
    VMSubnets: all.map((n) => ({ ID: `vs-${n}`, Name: `Tenant${n}_Subnet`, VMNetworkID: `vn-${n}`, Subnets: ['10.30.1.0/24'], VMSubnetID: 5000 + n })),
    VirtualMachines: [
      ...all.map((n) => machine(`vm-${n}`, `Tenant${n}-VM`, `h-${gatewayOf(n)}`, [adapter(`na-${n}`, mac(3, n), { VMNetworkID: `vn-${n}`, VMSubnetID: `vs-${n}`, IPv4Addresses: ['10.30.1.4'] })])),
      ...gateways.map((n) =>
        machine(`gvm-${n}`, `GatewayVM${n}`, `gh-${n}`, [
          adapter(`fe-${n}`, mac(4, n), { VMNetworkID: uuid(1, 0), VMSubnetID: '', IPv4Addresses: [`100.64.0.${9 + n}`] }),
          adapter(`be-${n}`, mac(5, n), { VMNetworkID: '', VMSubnetID: '', IPv4Addresses: [] }),
        ]),
      ),
    ],
    NetworkServices: gateways.map((n) => ({
      ID: `ns-${n}`,
      Name: `Gateway${n}`,
      Manufacturer: 'Microsoft',
      Model: 'Microsoft Windows Server Gateway',
      ConnectionString: `VMHost=HyperVGW${n};GatewayVM=GatewayVM${n};BackendSwitch=HNV_Switch`,
      RunAsAccount: 'GatewayLocalAdmin',
      HostGroupIDs: ['hg'],
      Connections: [
        { Name: 'Front End', ConnectionType: 'FrontEnd', LogicalNetworkDefinitionID: 'ld-1', NetworkAdapterID: `fe-${n}` },
        { Name: 'Back End', ConnectionType: 'BackEnd', LogicalNetworkDefinitionID: 'ld-2', NetworkAdapterID: `be-${n}` },
      ],
    })),
    VMNetworkGateways: all.map((n) => ({ ID: `vg-${n}`, Name: `Tenant${n}_Gateway`, VMNetworkID: `vn-${n}`, NetworkGatewayID: `ns-${gatewayOf(n)}`, IPSubnet: '', ...routingOf(n) })),
    NATConnections: all.map((n) => ({
      ID: `nc-${n}`,
      Name: `Tenant${n}_Nat`,
      VMNetworkGatewayID: `vg-${n}`,
      ExternalIPAddress: `100.64.${1 + Math.floor(n / 250)}.${n % 250}`,
      Rules: [{ Name: 'Web', Protocol: 'TCP', ExternalPort: 8080, InternalIPAddress: '10.30.1.4', InternalPort: 80 }],
    })),
    VPNConnections: withVpn.map((n) => ({
      ID: `vc-${n}`,
      Name: `Tenant${n}_Office`,
      VMNetworkGatewayID: `vg-${n}`,
      TargetVPNIPv4Address: `198.18.${Math.floor(n / 250)}.${1 + (n % 250)}`,
      Enabled: true,
      Protocol: 'IKEv2',
      AuthenticationMethod: 'PSKOnly',
      RunAsAccount: `Tenant${n}_PSK`,
      Routes: ['10.30.50.0/24', '10.30.51.0/24'],
    })),
  });
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_none, at) => at + 1);
const gatewayOf = (tenant: number): number => Math.ceil(tenant / tenantsOfGateway);
const routingOf = (tenant: number) => (tenant % 4 === 0 ? { EnableBGP: true, AutonomousSystemNumber: 64512, BGPPeers: [{ Name: 'Office', PeerIPAddress: '10.30.50.1', PeerASN: 65050 }] } : { EnableBGP: false, BGPPeers: [] });
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const uuid = (kind: number, n: number): string => `0000000${kind}-0000-4000-8000-${hex(n, 12)}`;
const mac = (kind: number, n: number): string => `00:1D:D8:0${kind}:${hex(n >> 8, 2)}:${hex(n & 255, 2)}`;
const site = (id: string, name: string, subnet: string) => ({ ID: `ld-${id}`, Name: name, LogicalNetworkID: `ln-${id}`, HostGroupIDs: ['hg'], SubnetVLans: [{ Subnet: subnet, VLanID: 0, SecondaryVLanID: null }] });
const pool = (id: string, name: string, subnet: string, start: string, end: string) => ({ ID: id, Name: name, LogicalNetworkDefinitionID: '', VMSubnetID: '', Subnet: subnet, IPAddressRangeStart: start, IPAddressRangeEnd: end, DefaultGateways: [] });
const host = (id: string, name: string, address: string, isGateway: boolean) => ({ ID: id, Name: name, HostGroupID: 'hg', RunAsAccount: '', IsDedicatedToNetworkVirtualizationGateway: isGateway, NetworkAdapters: [{ Name: 'NIC1', MacAddress: address }], VirtualNetworks: ['HNV_Switch'] });
const adapter = (id: string, address: string, place: object) => ({ ID: id, Name: 'Network Adapter', MACAddress: address, VirtualNetwork: 'HNV_Switch', ...place });
const machine = (id: string, name: string, hostId: string, adapters: readonly object[]) => ({ ID: id, Name: name, HostID: hostId, Generation: 2, Status: 'Running', Adapters: adapters });
