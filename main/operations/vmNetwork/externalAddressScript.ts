/**
 * PowerShell of the external addresses behind the first one of a NAT connection. VMM has no cmdlet for them: each is kept in its pool by
 * Grant-SCIPAddress, so that VMM gives it to nobody else, and added to the NAT instance on the gateway virtual machine (fact sheet §3.2, 4.5).
 */
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import type { NatRule } from '../../store/inventory/natRules.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { allocatedAddress, findPool } from '../powershell/lookups.ts';
import { reference, type Script, type ScriptReference } from '../powershell/script.ts';
import type { NatTarget } from './connectivityTarget.ts';
import { natHolderText } from './externalAddressSteps.ts';
import { addressOf, furtherAddressesOf } from './externalAddressTarget.ts';
import { natPorts } from './limits.ts';
import { rulesOf } from './natRuleTarget.ts';

type Rule = Pick<NatRule, 'name' | 'protocol' | 'externalPort' | 'internalAddress' | 'internalPort'>;

interface Present {
  readonly address: Ipv4Address;
  readonly pool: IpAddressPool;
  readonly rules: readonly Rule[];
}

interface FurtherPart {
  readonly network: VmNetwork;
  /** Gives the NAT connection, which is looked up when somebody first asks for it. */
  readonly connection: () => ScriptReference;
  /** The NAT connection was made just now: it has its first address and nothing else. */
  readonly isNew: boolean;
  readonly nat: NatTarget;
}

export function furtherAddressesScript(script: Script, { network, connection, isNew, nat }: FurtherPart, inventory: Inventory): void {
  const before = isNew ? [] : presentAddresses(network, inventory);
  const after = nat.further.map(({ pool, address }, at): Present => ({ pool, address: addressOf(address), rules: nat.rules.filter(({ externalPlace }) => externalPlace === at + 1) }));
  const gone = before.filter((old) => !after.some((wanted) => isSamePlace(old, wanted)));
  const changed = after.filter((wanted) => !before.some((old) => isSamePlace(old, wanted) && isSameRules(old.rules, wanted.rules)));
  if (gone.length === 0 && changed.length === 0) return;
  const machine = machineOf(nat, inventory);
  script.comment(`VMM gives a NAT connection one external address. The others are added on gateway virtual machine '${machine}'`);
  const natName = reference('netNatAddress', 'NatName');
  script.find('netNatAddress', externalAddressOn(machine, addressOf(nat.address)));
  for (const old of gone) {
    removeMappings(script, machine, old);
    script.run('Remove-NetNatExternalAddress', { InputObject: script.find('goneAddress', externalAddressOn(machine, old.address)), CimSession: machine });
    revoke(script, old, inventory);
  }
  for (const wanted of changed) {
    const present = before.find((old) => isSamePlace(old, wanted));
    if (present === undefined) add(script, wanted, { network, connection: connection(), natName, machine }, inventory);
    else removeMappings(script, machine, present);
    for (const rule of wanted.rules) addMapping(script, machine, natName, wanted.address, rule);
  }
}

/** Before the NAT connection goes with the instance on the gateway virtual machine: its further addresses go back to their pools. */
export function revokeFurtherAddresses(script: Script, network: VmNetwork, inventory: Inventory): void {
  for (const present of presentAddresses(network, inventory)) revoke(script, present, inventory);
}

function presentAddresses(network: VmNetwork, inventory: Inventory): readonly Present[] {
  const rules = rulesOf(network, inventory);
  return furtherAddressesOf(network, inventory).map(({ id, address, ipAddressPoolId }) => ({
    address,
    pool: inventory.pools.pool(ipAddressPoolId),
    rules: rules.filter(({ natExternalAddressId }) => natExternalAddressId === id),
  }));
}

function isSamePlace(a: Present, b: Present): boolean {
  return a.address === b.address && a.pool.id === b.pool.id;
}

function isSameRules(a: readonly Rule[], b: readonly Rule[]): boolean {
  const texts = (rules: readonly Rule[]) => rules.map(({ name, protocol, externalPort, internalAddress, internalPort }) => JSON.stringify([name, protocol, externalPort, internalAddress, internalPort])).sort().join();
  return texts(a) === texts(b);
}

/** Of a guest cluster the node that carries the role. */
function machineOf({ gateway: { service } }: NatTarget, { virtualMachines }: Inventory): string {
  return service.virtualMachineId === null ? '' : virtualMachines.virtualMachine(service.virtualMachineId).name;
}

function externalAddressOn(machine: string, address: Ipv4Address) {
  return { cmdlet: 'Get-NetNatExternalAddress', parameters: { CimSession: machine }, where: { property: 'IPAddress', equals: formatIpv4(address) } };
}

interface Place {
  readonly network: VmNetwork;
  readonly connection: ScriptReference;
  readonly natName: ScriptReference;
  readonly machine: string;
}

function add(script: Script, { pool, address }: Present, { network, connection, natName, machine }: Place, inventory: Inventory): void {
  const StaticIPAddressPool = findPool(script, 'externalIpPool', pool, inventory);
  const Description = natHolderText(`${network.name}_NatConnection`, network);
  script.run('Grant-SCIPAddress', { StaticIPAddressPool, GrantToObjectType: 'NATConnection', GrantToObjectID: { ...connection, member: 'ID' }, IPAddress: formatIpv4(address), Description });
  script.run('Add-NetNatExternalAddress', { NatName: natName, IPAddress: formatIpv4(address), PortStart: natPorts.portStart, PortEnd: natPorts.portEnd, CimSession: machine });
}

function revoke(script: Script, { pool, address }: Present, inventory: Inventory): void {
  const AllocatedIPAddress = script.find('allocatedAddress', allocatedAddress(findPool(script, 'externalIpPool', pool, inventory), address));
  script.run('Revoke-SCIPAddress', { AllocatedIPAddress, ReturnToPool: true });
}

/** A static mapping has no name; the comment says which rule it is. */
function addMapping(script: Script, machine: string, NatName: ScriptReference, address: Ipv4Address, { name, protocol, externalPort, internalAddress, internalPort }: Rule): void {
  const ExternalIPAddress = formatIpv4(address);
  script.comment(`NAT rule ${name}`);
  script.run('Add-NetNatStaticMapping', { NatName, Protocol: protocol, ExternalIPAddress, ExternalPort: externalPort, InternalIPAddress: formatIpv4(internalAddress), InternalPort: internalPort, CimSession: machine });
}

function removeMappings(script: Script, machine: string, { address, rules }: Present): void {
  if (rules.length === 0) return;
  const InputObject = script.find('goneMappings', { cmdlet: 'Get-NetNatStaticMapping', parameters: { CimSession: machine }, where: { property: 'ExternalIPAddress', equals: formatIpv4(address) } });
  script.run('Remove-NetNatStaticMapping', { InputObject, CimSession: machine });
}
