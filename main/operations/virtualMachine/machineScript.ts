/** Virtual machines in PowerShell. */
import type { CreateVirtualMachineInput } from '../../../shared/contract/libraryOperations.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { findHost, findHostGroup, findPool, findVirtualMachine, findVmSubnet } from '../powershell/lookups.ts';
import { reference, Script, scriptSwitch } from '../powershell/script.ts';
import type { AdapterTarget } from './adapterTargets.ts';
import type { MachineTarget } from './machineTarget.ts';

export function creationScript(input: CreateVirtualMachineInput, { template, host, adapters }: MachineTarget, inventory: Inventory): Script {
  const script = new Script();
  const vmTemplate = script.set('template', 'Get-SCVMTemplate', { Name: template.name });
  const vmHost = findHost(script, 'vmHost', host.id, inventory);
  const hostGroup = findHostGroup(script, 'hostGroup', host.hostGroupId, inventory);
  const configuration = script.set('virtualMachineConfiguration', 'New-SCVMConfiguration', { VMTemplate: vmTemplate, Name: input.name, VMHostGroup: hostGroup });
  script.run('Set-SCVMConfiguration', { VMConfiguration: configuration, VMHost: vmHost, ComputerName: input.name });
  script.run('Update-SCVMConfiguration', { VMConfiguration: configuration });
  script.set('adapterConfigurations', 'Get-SCVirtualNetworkAdapterConfiguration', { VMConfiguration: configuration });
  for (const [slot, adapter] of adapters.entries()) writeAdapter(script, slot, adapter, inventory);
  script.run('Update-SCVMConfiguration', { VMConfiguration: configuration });
  return script.run('New-SCVirtualMachine', {
    Name: input.name,
    VMConfiguration: configuration,
    ...(input.start ? { StartVM: scriptSwitch } : {}),
    RunAsynchronously: scriptSwitch,
  });
}

function writeAdapter(script: Script, slot: number, { connection, subnet, chosen }: AdapterTarget, inventory: Inventory): void {
  if (chosen === null || connection.kind === 'notConnected') return;
  script.comment(`Network adapter ${slot + 1}: ${connection.network.name}`);
  const pool = findPool(script, `pool${slot}`, chosen.pool, inventory);
  const vmSubnet = subnet === null ? undefined : findVmSubnet(script, `vmSubnet${slot}`, subnet.id, inventory);
  script.run('Set-SCVirtualNetworkAdapterConfiguration', {
    VirtualNetworkAdapterConfiguration: reference('adapterConfigurations', undefined, slot),
    ...(vmSubnet === undefined ? {} : { VMSubnet: vmSubnet }),
    IPv4AddressPool: pool,
    IPv4Address: formatIpv4(chosen.address),
  });
}

/** A script of one command on a virtual machine. */
export function machineScript(reference: string, inventory: Inventory, cmdlet: string, parameters: Readonly<Record<string, typeof scriptSwitch>> = {}): Script {
  const script = new Script();
  const vm = findVirtualMachine(script, 'vm', reference, inventory);
  return script.run(cmdlet, { VM: vm, ...parameters });
}
