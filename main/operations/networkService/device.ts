/** Host and gateway VM that a connection string names, or the clusters of both (fact sheet §1.4). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { lintConnectionString, readConnectionString, type ConnectionSettings } from '../../../shared/net/connectionString.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VirtualMachine } from '../../store/inventory/virtualMachines.ts';
import { findOrProblem } from '../problems.ts';
import { listed } from '../wording.ts';

export interface GatewayDevice {
  readonly settings: ConnectionSettings;
  readonly host: Host;
  readonly machine: VirtualMachine;
  /** The passive node of a guest cluster; null for a gateway that stands alone. */
  readonly standby: VirtualMachine | null;
}

type Named<T> = { readonly cluster: string | null; readonly all: readonly T[] };

const path = ['connectionString'];

/** `ownId`: the network service itself, when it exists already. */
export function findDevice(connectionString: string, inventory: Inventory, ownId?: string): { readonly device: GatewayDevice } | { readonly problems: readonly Problem[] } {
  if (connectionString.trim() === '') return { problems: [problem('connectionStringInvalid', path, 'The connection string is empty.', 'Type it, or build it from its parts.')] };
  const errors = lintConnectionString(connectionString).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { problems: errors.map(({ message, action }) => problem('connectionStringInvalid', path, message, action)) };
  const settings = readConnectionString(connectionString);
  const hosts = findOrProblem(path, () => hostsOf(settings.vmHost ?? '', inventory));
  const machines = findOrProblem(path, () => machinesOf(settings.gatewayVm ?? '', inventory));
  if ('problem' in hosts) return { problems: [notNamed('VMHost', settings.vmHost), ...('problem' in machines ? [notNamed('GatewayVM', settings.gatewayVm)] : [])] };
  if ('problem' in machines) return { problems: [notNamed('GatewayVM', settings.gatewayVm)] };
  const problems = [...checkPair(hosts.found, machines.found), ...machines.found.all.flatMap((machine) => checkMachine(machine, hosts.found, inventory, ownId))];
  const [machine, standby = null] = machines.found.all;
  if (problems.length > 0 || machine === undefined) return { problems };
  return { device: { settings, host: inventory.hosts.host(machine.hostId), machine, standby } };
}

function hostsOf(name: string, { clusters, hosts }: Inventory): Named<Host> {
  const cluster = clusters.find('host', name);
  if (cluster === undefined) return { cluster: null, all: [hosts.host(name)] };
  return { cluster: cluster.name, all: clusters.nodesOf('host', cluster.id).map(({ id }) => hosts.host(id)) };
}

/** A fully qualified name means the machine or cluster of its first label too. */
function machinesOf(name: string, inventory: Inventory): Named<VirtualMachine> {
  const [label = name] = name.split('.');
  const { clusters, virtualMachines } = inventory;
  const cluster = clusters.find('guest', name) ?? clusters.find('guest', label);
  if (cluster !== undefined) return { cluster: cluster.name, all: clusters.nodesOf('guest', cluster.id).map(({ id }) => virtualMachines.virtualMachine(id)) };
  return { cluster: null, all: [virtualMachines.virtualMachine(virtualMachines.findByName(name) === undefined ? label : name)] };
}

function notNamed(key: string, name: string | null): Problem {
  return name === null
    ? problem('connectionStringInvalid', path, `${key} has a value with a space, which counts as none.`, 'Use a name without spaces.')
    : problem('objectNotFound', path, `${key} names ${name}, which does not exist.`, 'Check the name, as VMM shows it.');
}

/** Both are clusters, or neither is. */
function checkPair(hosts: Named<Host>, machines: Named<VirtualMachine>): readonly Problem[] {
  if ((hosts.cluster === null) === (machines.cluster === null)) return [];
  const [cluster, other] = hosts.cluster === null ? [`GatewayVM names guest cluster ${machines.cluster ?? ''}`, `VMHost names the single host ${hosts.all[0]?.name ?? ''}`] : [`VMHost names host cluster ${hosts.cluster}`, `GatewayVM names the single virtual machine ${machines.all[0]?.name ?? ''}`];
  return [problem('connectionStringInvalid', path, `${cluster}, but ${other}.`, 'For a highly available gateway name the host cluster and the guest cluster; otherwise one host and one virtual machine.')];
}

function checkMachine(machine: VirtualMachine, hosts: Named<Host>, inventory: Inventory, ownId: string | undefined): readonly Problem[] {
  const host = inventory.hosts.host(machine.hostId);
  if (!hosts.all.some(({ id }) => id === host.id)) {
    const where = hosts.cluster === null ? `not on ${listed(hosts.all.map(({ name }) => name))}` : `which is no node of host cluster ${hosts.cluster}`;
    return [problem('connectionStringInvalid', path, `Virtual machine ${machine.name} is on host ${host.name}, ${where}.`, hosts.cluster === null ? `Write VMHost=${host.name}, or move the virtual machine.` : 'Name the cluster of its host.')];
  }
  if (host.isVirtual) {
    return [problem('hostNotUsable', path, `Host ${host.name} is itself a virtual machine. Without nested virtualization it cannot encapsulate packets, so no gateway can run on it.`, 'Use a gateway VM on a physical Hyper-V host.')];
  }
  const other = inventory.networkServices.findByMachine(machine.id);
  if (other !== undefined && other.id !== ownId) {
    return [problem('objectInUse', path, `Virtual machine ${machine.name} is the gateway VM of ${other.name} already.`, 'Name another virtual machine, or remove that network service first.')];
  }
  const onVmSubnet = inventory.virtualMachines.adaptersOf(machine.id).find(({ vmSubnetId }) => vmSubnetId !== null);
  if (onVmSubnet !== undefined) {
    return [problem('adapterNotUsable', path, `Adapter ${onVmSubnet.name} of ${machine.name} is connected to a VM subnet: it is a tenant's machine.`, 'Name a virtual machine that was made for the gateway.')];
  }
  return [];
}
