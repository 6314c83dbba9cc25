/** Switches, MAC addresses, and what is changed or taken away. */
import { poolSettings } from './fabricCmdlets.ts';
import { adaptersNow } from './parts.ts';
import { isThing, thing, type Thing } from './values.ts';
import type { Cmdlet } from './vmm.ts';

const named =
  (type: string): Cmdlet =>
  (args) =>
    thing(type, args.text('Name'));

/** Starts an operation whose input names one object, by `field`. */
const gone =
  (operationId: string, field: string, parameter: string): Cmdlet =>
  (args, vmm) =>
    vmm.start(operationId, { [field]: args.thing(parameter).name });

const machineOf = (part: Thing) => {
  const machine = part.parts['VM'];
  return isThing(machine) ? machine.name : '';
};

export const switchCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-SCMACAddressPool': named('MACAddressPool'),
  'New-SCMACAddressPool': (args, vmm) =>
    vmm.start('macAddressPool.create', { name: args.text('Name'), description: args.text('Description'), hostGroups: args.names('VMHostGroup'), rangeStart: args.text('MACAddressRangeStart'), rangeEnd: args.text('MACAddressRangeEnd') }),
  'Remove-SCMACAddressPool': gone('macAddressPool.delete', 'macAddressPool', 'MACAddressPool'),
  'Get-SCNativeUplinkPortProfile': named('NativeUplinkPortProfile'),
  'New-SCNativeUplinkPortProfile': (args, vmm) =>
    vmm.start('uplinkPortProfile.create', {
      name: args.text('Name'),
      description: args.text('Description'),
      networkSites: args.names('LogicalNetworkDefinition'),
      networkVirtualization: args.flag('EnableNetworkVirtualization'),
      loadBalancing: args.text('LBFOLoadBalancingAlgorithm'),
      teamMode: args.text('LBFOTeamMode'),
    }),
  'Remove-SCNativeUplinkPortProfile': gone('uplinkPortProfile.delete', 'uplinkPortProfile', 'NativeUplinkPortProfile'),
  'Get-SCLogicalSwitch': named('LogicalSwitch'),
  'New-SCLogicalSwitch': (args) => {
    args.ignore('EnableSriov');
    return thing('LogicalSwitch', args.text('Name'), { Description: args.text('Description') });
  },
  'New-SCUplinkPortProfileSet': (args, vmm) => {
    args.ignore('Name');
    const { name, parts } = args.thing('LogicalSwitch');
    return vmm.start('logicalSwitch.create', { name, description: parts['Description'], uplinkPortProfile: args.thing('NativeUplinkPortProfile').name });
  },
  'Remove-SCLogicalSwitch': gone('logicalSwitch.delete', 'logicalSwitch', 'LogicalSwitch'),

  'Set-SCStaticIPAddressPool': (args, vmm) => {
    const settings = args.has('IPAddressRangeStart') ? { settings: poolSettings(args) } : {};
    return vmm.start('ipPool.change', { ipAddressPool: args.thing('StaticIPAddressPool').name, name: args.maybe('Name'), description: args.maybe('Description'), ...settings });
  },
  'Remove-SCStaticIPAddressPool': gone('ipPool.delete', 'ipAddressPool', 'StaticIPAddressPool'),
  'Remove-SCVMTemplate': gone('vmTemplate.delete', 'vmTemplate', 'VMTemplate'),
  'Get-SCNetworkConnection': (args) => {
    const Service = args.thing('Service');
    return ['FrontEnd', 'BackEnd'].map((ConnectionType) => thing('NetworkServiceConnection', ConnectionType, { ConnectionType, Service }));
  },
  'Remove-SCNetworkConnection': (args, vmm) => {
    const connection = args.thing('NetworkServiceConnection');
    const service = connection.parts['Service'];
    return vmm.start('networkService.removeConnection', { networkService: isThing(service) ? service.name : '', connectionType: connection.name });
  },
  'Set-SCVirtualMachine': (args, vmm) => vmm.start('virtualMachine.setIntegrationServices', { virtualMachine: args.thing('VM').name, dataExchange: args.flag('EnableDataExchange') }),
  /** In the order of their slots. */
  'Get-SCVirtualNetworkAdapter': (args, vmm) => {
    if (args.has('VMTemplate')) {
      const VMTemplate = args.thing('VMTemplate');
      return adaptersNow(VMTemplate.name, vmm).map((_adapter, slot) => thing('VirtualNetworkAdapter', String(slot), { VMTemplate }));
    }
    const VM = args.thing('VM');
    const { virtualMachines, adapters } = vmm.lab.snapshot();
    const machine = virtualMachines.find(({ name }) => name === VM.name)?.id;
    return adapters.filter(({ virtualMachineId }) => virtualMachineId === machine).map(({ name }) => thing('VirtualNetworkAdapter', name, { VM }));
  },
  'Set-SCVirtualNetworkAdapter': (args, vmm) => {
    const adapter = args.thing('VirtualNetworkAdapter');
    return vmm.start('virtualMachine.connectAdapter', { virtualMachine: machineOf(adapter), networkAdapter: adapter.name, virtualSwitch: args.flag('NoConnection') ? '' : args.text('VirtualNetwork') });
  },
};
