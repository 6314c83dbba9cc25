/** Virtual machines in PowerShell. */
import type { CreateVirtualMachineInput } from '../../../shared/contract/libraryOperations.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { VirtualMachine } from '../../store/inventory/virtualMachines.ts';
import { reference, Script, scriptSwitch, type ScriptReference } from '../powershell/script.ts';
import type { AdapterTarget } from './adapterTargets.ts';
import type { MachineTarget } from './machineTarget.ts';

export function creationScript(input: CreateVirtualMachineInput, { template, host, adapters }: MachineTarget): Script {
  const script = new Script();
  const vmTemplate = script.set('template', 'Get-SCVMTemplate', { ID: template.id });
  const vmHost = script.set('vmHost', 'Get-SCVMHost', { ID: host.id });
  const hostGroup = script.set('hostGroup', 'Get-SCVMHostGroup', { ID: host.hostGroupId });
  const configuration = script.set('virtualMachineConfiguration', 'New-SCVMConfiguration', { VMTemplate: vmTemplate, Name: input.name, VMHostGroup: hostGroup });
  script.run('Set-SCVMConfiguration', { VMConfiguration: configuration, VMHost: vmHost, ComputerName: input.name });
  script.run('Update-SCVMConfiguration', { VMConfiguration: configuration });
  script.set('adapterConfigurations', 'Get-SCVirtualNetworkAdapterConfiguration', { VMConfiguration: configuration });
  for (const [slot, adapter] of adapters.entries()) writeAdapter(script, slot, adapter);
  script.run('Update-SCVMConfiguration', { VMConfiguration: configuration });
  return script.run('New-SCVirtualMachine', {
    Name: input.name,
    VMConfiguration: configuration,
    ...(input.start ? { StartVM: scriptSwitch } : {}),
    RunAsynchronously: scriptSwitch,
  });
}

function writeAdapter(script: Script, slot: number, { connection, subnet, chosen }: AdapterTarget): void {
  if (chosen === null || connection.kind === 'notConnected') return;
  script.comment(`Network adapter ${slot + 1}: ${connection.network.name}`);
  const pool = script.set(`pool${slot}`, 'Get-SCStaticIPAddressPool', { ID: chosen.pool.id });
  const vmSubnet = subnet === null ? undefined : script.set(`vmSubnet${slot}`, 'Get-SCVMSubnet', { ID: subnet.id });
  script.run('Set-SCVirtualNetworkAdapterConfiguration', {
    VirtualNetworkAdapterConfiguration: reference('adapterConfigurations', undefined, slot),
    ...(vmSubnet === undefined ? {} : { VMSubnet: vmSubnet }),
    IPv4AddressPool: pool,
    IPv4Address: formatIpv4(chosen.address),
  });
}

/** A script of one command on a virtual machine. */
export function machineScript(machine: VirtualMachine, cmdlet: string, parameters: Readonly<Record<string, typeof scriptSwitch>> = {}): Script {
  const script = new Script();
  const vm: ScriptReference = script.set('vm', 'Get-SCVirtualMachine', { ID: machine.id });
  return script.run(cmdlet, { VM: vm, ...parameters });
}
