/** Templates, virtual machines, and the few cmdlets of Windows inside them. */
import { remoteAccessRoleServices } from '../../../../shared/contract/guest.ts';
import { adaptersNow, addTemplateAdapter, connectionOf, type Adapter } from './parts.ts';
import { isThing, thing, type Thing, type Value } from './values.ts';
import type { Cmdlet } from './vmm.ts';

/** Adapters of what is being made. */
const adaptersOf = new WeakMap<Thing, Adapter[]>();

function placed(subnet: Value | undefined, pool: Thing, adapter: Adapter): void {
  if (isThing(subnet)) {
    const network = subnet.parts['VMNetwork'];
    Object.assign(adapter, { connection: 'vmNetwork', network: isThing(network) ? network.name : '', vmSubnet: subnet.name });
    return;
  }
  const parent = pool.parts['Parent'];
  const network = isThing(parent) ? parent.parts['LogicalNetwork'] : undefined;
  Object.assign(adapter, { connection: 'logicalNetwork', network: isThing(network) ? network.name : '' });
}

const power =
  (operationId: string): Cmdlet =>
  (args, vmm) =>
    vmm.start(operationId, { virtualMachine: args.thing('VM').name });

export const machineCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-SCVirtualHardDisk': (args) => thing('VirtualHardDisk', args.text('Name')),
  'Get-SCVMTemplate': (args) => thing('VMTemplate', args.text('Name')),
  'New-SCVMTemplate': (args, vmm) => {
    args.ignore('NoCustomization');
    const input = { name: args.text('Name'), description: args.text('Description'), image: args.thing('VirtualHardDisk').name, generation: args.value('Generation'), memoryMb: args.value('MemoryMB'), processors: args.value('CPUCount') };
    const template = thing('VMTemplate', input.name);
    const adapters: Adapter[] = [];
    adaptersOf.set(template, adapters);
    vmm.atEnd(() => vmm.start('vmTemplate.create', { ...input, adapters }));
    return template;
  },
  'New-SCVirtualNetworkAdapter': (args, vmm) => {
    args.ignore('Synthetic', 'NoConnection', 'MACAddressType', 'IPv4AddressType');
    const template = args.thing('VMTemplate');
    const adapter = args.has('VMNetwork') ? connectionOf(args.thing('VMNetwork').name, vmm) : { connection: 'notConnected' };
    const adapters = adaptersOf.get(template);
    if (adapters === undefined) return addTemplateAdapter(template, adapter, vmm);
    adapters.push(adapter);
    return undefined;
  },

  'New-SCVMConfiguration': (args, vmm) => {
    args.ignore('VMHostGroup');
    const template = args.thing('VMTemplate').name;
    const configuration = thing('VMConfiguration', args.text('Name'), { Template: template });
    adaptersOf.set(configuration, adaptersNow(template, vmm));
    return configuration;
  },
  'Set-SCVMConfiguration': (args) => {
    args.ignore('ComputerName');
    args.thing('VMConfiguration').parts['Host'] = args.thing('VMHost').name;
  },
  'Update-SCVMConfiguration': (args) => args.thing('VMConfiguration'),
  'Get-SCVirtualNetworkAdapterConfiguration': (args) => {
    const adapters = adaptersOf.get(args.thing('VMConfiguration')) ?? [];
    return adapters.map((adapter, slot) => {
      const one = thing('VirtualNetworkAdapterConfiguration', String(slot));
      adaptersOf.set(one, [adapter]);
      return one;
    });
  },
  'Set-SCVirtualNetworkAdapterConfiguration': (args) => {
    const [adapter] = adaptersOf.get(args.thing('VirtualNetworkAdapterConfiguration')) ?? [];
    if (adapter === undefined) throw new Error('there is no such adapter');
    placed(args.value('VMSubnet'), args.thing('IPv4AddressPool'), adapter);
    adapter['ipAddress'] = args.text('IPv4Address');
  },
  'New-SCVirtualMachine': (args, vmm) => {
    const configuration = args.thing('VMConfiguration');
    const name = args.text('Name');
    return vmm.start('virtualMachine.create', { name, role: vmm.world.gatewayMachines.has(name) ? 'gateway' : 'tenant', vmTemplate: configuration.parts['Template'], host: configuration.parts['Host'], start: args.flag('StartVM'), adapters: adaptersOf.get(configuration) });
  },

  'Get-SCVirtualMachine': (args) => thing('VM', args.text('Name')),
  'Start-SCVirtualMachine': power('virtualMachine.start'),
  'Stop-SCVirtualMachine': (args, vmm) => vmm.start('virtualMachine.stop', { virtualMachine: args.thing('VM').name, powerOff: args.flag('Force') || !args.flag('Shutdown') }),
  'Move-SCVirtualMachine': (args, vmm) => vmm.start('virtualMachine.migrate', { virtualMachine: args.thing('VM').name, host: args.thing('VMHost').name }),
  'Remove-SCVirtualMachine': power('virtualMachine.delete'),

  'Rename-NetAdapter': (args, vmm) => vmm.start('guest.renameAdapter', { virtualMachine: vmm.computer, networkAdapter: args.text('Name'), name: args.text('NewName') }),
  'Set-NetFirewallProfile': (args, vmm) => {
    if (args.names('Profile').join() !== 'Domain,Private,Public') throw new Error('not all profiles');
    return vmm.start('guest.setFirewall', { virtualMachine: vmm.computer, isOn: args.text('Enabled') === 'True' });
  },
  'Install-WindowsFeature': (args, vmm) => {
    args.ignore('IncludeManagementTools');
    if (args.names('Name').join() !== 'DirectAccess-VPN,Routing') throw new Error('not the role services of a gateway');
    return vmm.start('guest.installRemoteAccess', { virtualMachine: vmm.computer, roleServices: [...remoteAccessRoleServices] });
  },
};
