/**
 * External addresses behind the first one: VMM keeps them in their pools, the NAT instance on the gateway virtual machine has them. An address
 * that VMM keeps and the NAT instance does not have, or the other way round, is a fault of the script.
 */
import { thing, type Thing, type Value } from './values.ts';
import { vmNetworkOf, type Cmdlet, type Connectivity, type Vmm } from './vmm.ts';

type Nat = Extract<Connectivity['direct'], { routing: 'NAT' }>;

interface Grant {
  readonly network: string;
  readonly pool: string;
}

/** Addresses that VMM keeps for a NAT connection, and that no NAT instance has. */
const granted = new WeakMap<Vmm, Map<string, Grant>>();

function grantsOf(vmm: Vmm): Map<string, Grant> {
  const known = granted.get(vmm) ?? new Map<string, Grant>();
  granted.set(vmm, known);
  return known;
}

/** Every VM network with NAT on the gateway virtual machine that a command asks. */
function natsOn(machine: string, vmm: Vmm): readonly { readonly network: string; readonly nat: Nat }[] {
  const { vmNetworks, networkServices, virtualMachines } = vmm.lab.snapshot();
  const machineId = virtualMachines.find(({ name }) => name === machine)?.id;
  const devices = networkServices.filter(({ virtualMachineId }) => virtualMachineId === machineId).flatMap(({ id, name }) => [id, name]);
  return vmNetworks.flatMap(({ name: network }) => {
    const { direct, device } = vmm.connectivity(network);
    return direct?.routing === 'NAT' && device !== null && devices.includes(device) ? [{ network, nat: direct }] : [];
  });
}

function addressesOf({ ipAddress, externalAddresses = [] }: Nat): readonly string[] {
  return [ipAddress ?? '', ...externalAddresses.map((entry) => entry.ipAddress ?? '')];
}

function addressThings(machine: string, vmm: Vmm, part: 'IPAddress' | 'ExternalIPAddress'): readonly Value[] {
  return natsOn(machine, vmm).flatMap(({ network, nat }) =>
    addressesOf(nat).map((address) => {
      const instance = thing('NetNat', network, { VMNetwork: thing('VMNetwork', network) });
      return thing('NetNatExternalAddress', address, { [part]: address, NatName: instance, VMNetwork: thing('VMNetwork', network) });
    }),
  );
}

function natOf(part: Thing, vmm: Vmm): Nat {
  const { direct } = vmm.connectivity(vmNetworkOf(part));
  if (direct?.routing !== 'NAT') throw new Error(`${vmNetworkOf(part)} has no NAT connection`);
  return direct;
}

export const netNatCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Grant-SCIPAddress': (args, vmm) => {
    args.ignore('Description');
    // The id of a NAT connection is the name of its VM network here.
    const network = args.text('GrantToObjectID');
    if (args.text('GrantToObjectType') !== 'NATConnection' || network === '') throw new Error('granted to no NAT connection');
    grantsOf(vmm).set(args.text('IPAddress'), { network, pool: args.thing('StaticIPAddressPool').name });
  },
  'Get-SCIPAddress': (args, vmm) => {
    args.ignore('StaticIPAddressPool');
    const allocated = (address: string, network: string) => thing('AllocatedIPAddress', address, { Address: address, VMNetwork: thing('VMNetwork', network) });
    const added = vmm.lab.snapshot().vmNetworks.flatMap(({ name }) => {
      const { direct } = vmm.connectivity(name);
      return direct?.routing === 'NAT' ? (direct.externalAddresses ?? []).map(({ ipAddress = '' }) => allocated(ipAddress, name)) : [];
    });
    return [...added, ...[...grantsOf(vmm)].map(([address, { network }]) => allocated(address, network))];
  },
  'Revoke-SCIPAddress': (args, vmm) => {
    args.ignore('ReturnToPool');
    const allocated = args.thing('AllocatedIPAddress');
    if (grantsOf(vmm).delete(allocated.name)) return;
    const nat = natOf(allocated, vmm);
    nat.externalAddresses = (nat.externalAddresses ?? []).filter(({ ipAddress }) => ipAddress !== allocated.name);
  },
  'Get-NetNatExternalAddress': (args, vmm) => addressThings(args.text('CimSession'), vmm, 'IPAddress'),
  'Add-NetNatExternalAddress': (args, vmm) => {
    args.ignore('CimSession');
    if (args.text('PortStart') !== '1' || args.text('PortEnd') !== '49151') throw new Error('other ports than those of VMM');
    const ipAddress = args.text('IPAddress');
    const ipAddressPool = grantsOf(vmm).get(ipAddress)?.pool;
    if (ipAddressPool === undefined) throw new Error(`VMM does not keep ${ipAddress}`);
    grantsOf(vmm).delete(ipAddress);
    (natOf(args.thing('NatName'), vmm).externalAddresses ??= []).push({ ipAddress, ipAddressPool });
  },
  'Remove-NetNatExternalAddress': (args, vmm) => {
    args.ignore('CimSession');
    const address = args.thing('InputObject');
    const nat = natOf(address, vmm);
    const gone = nat.externalAddresses?.find(({ ipAddress }) => ipAddress === address.name);
    if (gone === undefined) throw new Error(`${address.name} is no further external address`);
    const number = 2 + (nat.externalAddresses ?? []).indexOf(gone);
    if (nat.rules?.some(({ externalAddress }) => externalAddress === number) === true) throw new Error(`${address.name} has static mappings`);
    nat.externalAddresses = nat.externalAddresses?.filter((entry) => entry !== gone);
    nat.rules = nat.rules?.map((rule) => (rule.externalAddress > number ? { ...rule, externalAddress: rule.externalAddress - 1 } : rule));
    // It is VMM's until it is revoked.
    grantsOf(vmm).set(address.name, { network: vmNetworkOf(address), pool: gone.ipAddressPool ?? '' });
  },
  'Add-NetNatStaticMapping': (args, vmm) => {
    args.ignore('CimSession');
    const nat = natOf(args.thing('NatName'), vmm);
    const address = args.text('ExternalIPAddress');
    const place = addressesOf(nat).indexOf(address);
    if (place < 1) throw new Error(`${address} is no further external address`);
    const [protocol, incomingPort] = [args.text('Protocol') === 'UDP' ? ('UDP' as const) : ('TCP' as const), args.text('ExternalPort')];
    (nat.rules ??= []).push({ name: vmm.mappingNames.shift() ?? '', protocol, externalAddress: place + 1, incomingPort, destinationAddress: args.text('InternalIPAddress'), destinationPort: args.text('InternalPort') });
  },
  'Get-NetNatStaticMapping': (args, vmm) => addressThings(args.text('CimSession'), vmm, 'ExternalIPAddress'),
  'Remove-NetNatStaticMapping': (args, vmm) => {
    args.ignore('CimSession');
    const mappings = args.thing('InputObject');
    const nat = natOf(mappings, vmm);
    const number = 1 + addressesOf(nat).indexOf(mappings.name);
    nat.rules = nat.rules?.filter(({ externalAddress }) => externalAddress !== number);
  },
};
