/** What must be there only once in a lab. */
import { poolsOf, type LabReferencesView, type Named, type Report } from './labReferencesView.ts';

const parts = [
  'hostGroups', 'hosts', 'hostClusters', 'guestClusters', 'logicalNetworks', 'macAddressPools', 'uplinkPortProfiles', 'logicalSwitches', 'runAsAccounts', 'vmNetworks',
  'networkServices', 'libraryImages', 'vmTemplates', 'serviceTemplates',
] as const;

export function checkUnique(lab: LabReferencesView, report: Report): void {
  const machineParts = ['virtualMachines', 'gatewayVirtualMachines'] as const;
  const named = (entries: readonly Named[], ...path: (string | number)[]) => entries.map(({ name }, at) => ({ value: name.toLowerCase(), path: [...path, at, 'name'], text: `the name "${name}"` }));
  for (const part of parts) once(named(lab[part], part), report);
  once(machineParts.flatMap((part) => named(lab[part], part)), report);
  once(lab.logicalNetworks.flatMap(({ sites }, at) => named(sites, 'logicalNetworks', at, 'sites')), report);
  once(poolsOf(lab).map(({ value, path }) => ({ value: value.toLowerCase(), path, text: `the IP address pool "${value}"` })), report);
  lab.hosts.forEach(({ virtualSwitches }, at) => once(named(virtualSwitches, 'hosts', at, 'virtualSwitches'), report));
  lab.vmNetworks.forEach(({ subnets }, at) => once(named(subnets, 'vmNetworks', at, 'subnets'), report));
  for (const part of machineParts) lab[part].forEach(({ adapters }, at) => once(named(adapters, part, at, 'adapters'), report));
  once(lab.vmNetworks.map(({ routingDomainId }, at) => ({ value: routingDomainId, path: ['vmNetworks', at, 'routingDomainId'], text: 'this routing domain ID' })), report);
  once(
    lab.vmNetworks.flatMap((network, at) => [
      ...network.subnets.map(({ vsid }, subnetAt) => ({ value: vsid, path: ['vmNetworks', at, 'subnets', subnetAt, 'vsid'], text: `virtual subnet ID ${vsid}` })),
      ...(network.gateway === undefined ? [] : [{ value: network.gateway.vsid, path: ['vmNetworks', at, 'gateway', 'vsid'], text: `virtual subnet ID ${network.gateway.vsid}` }]),
    ]),
    report,
  );
  once(
    lab.vmNetworks.flatMap(({ gateway }, at) =>
      gateway === undefined ? [] : [{ value: `${gateway.networkService.toLowerCase()} ${gateway.compartment}`, path: ['vmNetworks', at, 'gateway', 'compartment'], text: `compartment ${gateway.compartment} of ${gateway.networkService}` }],
    ),
    report,
  );
  once(
    [
      ...lab.hosts.map(({ nic }, at) => ({ value: nic.mac, path: ['hosts', at, 'nic', 'mac'], text: 'this MAC address' })),
      ...machineParts.flatMap((part) =>
        lab[part].flatMap((machine, at) => machine.adapters.map(({ mac }, adapterAt) => ({ value: mac, path: [part, at, 'adapters', adapterAt, 'mac'], text: 'this MAC address' }))),
      ),
    ],
    report,
  );
  for (const part of ['routers', 'hosts', 'vpnDevices'] as const) {
    const entries = lab.outside[part];
    once(named(entries, 'outside', part), report);
    once(entries.map(({ mac }, at) => ({ value: mac, path: ['outside', part, at, 'mac'], text: 'this MAC address' })), report);
    if (part !== 'routers') once(entries.map(({ address }, at) => ({ value: address, path: ['outside', part, at, 'address'], text: 'this address' })), report);
  }
}

function once(entries: readonly { readonly value: string | number; readonly path: (string | number)[]; readonly text: string }[], report: Report): void {
  const seen = new Set<string | number>();
  for (const { value, path, text } of entries) {
    if (seen.has(value)) report(path, `${text} stands twice in this lab`);
    seen.add(value);
  }
}
