/** Host and gateway VM that a connection string names. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { lintConnectionString, readConnectionString, type ConnectionSettings } from '../../../shared/net/connectionString.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VirtualMachine } from '../../store/inventory/virtualMachines.ts';
import { findOrProblem } from '../problems.ts';

export interface GatewayDevice {
  readonly settings: ConnectionSettings;
  readonly host: Host;
  readonly machine: VirtualMachine;
}

const path = ['connectionString'];

/** `ownId`: the network service itself, when it exists already. */
export function findDevice(connectionString: string, inventory: Inventory, ownId?: string): { readonly device: GatewayDevice } | { readonly problems: readonly Problem[] } {
  if (connectionString.trim() === '') return { problems: [problem('connectionStringInvalid', path, 'The connection string is empty.', 'Type it, or build it from its parts.')] };
  const errors = lintConnectionString(connectionString).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { problems: errors.map(({ message, action }) => problem('connectionStringInvalid', path, message, action)) };
  const settings = readConnectionString(connectionString);
  const host = findOrProblem(path, () => inventory.hosts.host(settings.vmHost ?? ''));
  const machine = findOrProblem(path, () => machineOf(settings.gatewayVm ?? '', inventory));
  if ('problem' in host) return { problems: [notNamed('VMHost', settings.vmHost), ...('problem' in machine ? [notNamed('GatewayVM', settings.gatewayVm)] : [])] };
  if ('problem' in machine) return { problems: [notNamed('GatewayVM', settings.gatewayVm)] };
  const device = { settings, host: host.found, machine: machine.found };
  const problems = checkDevice(device, inventory, ownId);
  return problems.length === 0 ? { device } : { problems };
}

/** A fully qualified name means the machine of its first label too. */
function machineOf(name: string, inventory: Inventory): VirtualMachine {
  try {
    return inventory.virtualMachines.virtualMachine(name);
  } catch (error) {
    const [label] = name.split('.');
    if (label === undefined || label === name) throw error;
    return inventory.virtualMachines.virtualMachine(label);
  }
}

function notNamed(key: string, name: string | null): Problem {
  return name === null
    ? problem('connectionStringInvalid', path, `${key} has a value with a space, which counts as none.`, 'Use a name without spaces.')
    : problem('objectNotFound', path, `${key} names ${name}, which does not exist.`, 'Check the name, as VMM shows it.');
}

function checkDevice({ host, machine }: GatewayDevice, inventory: Inventory, ownId: string | undefined): readonly Problem[] {
  if (machine.hostId !== host.id) {
    const there = inventory.hosts.host(machine.hostId).name;
    return [problem('connectionStringInvalid', path, `Virtual machine ${machine.name} is on host ${there}, not on ${host.name}.`, `Write VMHost=${there}, or move the virtual machine.`)];
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
