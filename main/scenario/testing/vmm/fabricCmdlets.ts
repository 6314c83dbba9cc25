/** Host groups, hosts, Run As accounts, logical networks, pools, VM networks and gateway devices. */
import { windowsServerGateway } from '../../../../shared/contract/gatewayProviders.ts';
import { addSite, changeSubnets, siteOf } from './parts.ts';
import { isThing, plainText, thing, type Arguments, type Thing, type Value } from './values.ts';
import type { Cmdlet, Vmm } from './vmm.ts';

const named =
  (type: string, parameter = 'Name'): Cmdlet =>
  (args) =>
    thing(type, args.text(parameter));

/** The path is what the filter looks at; a group that is found by its name is at the only place that has this name. */
function hostGroup(args: Arguments, vmm: Vmm): Thing {
  const { hostGroups } = vmm.lab.lists.inventoryTree.read();
  const name = args.text('Name');
  const group = hostGroups.find((candidate) => candidate.name === name);
  if (group === undefined) throw new Error(`there is no host group ${name}`);
  const path = [group.name];
  for (let above = group.parentId; above !== null; ) {
    const parent = hostGroups.find(({ id }) => id === above);
    path.unshift(parent?.name ?? '');
    above = parent?.parentId ?? null;
  }
  return thing('VMHostGroup', name, { Path: path.join('\\') });
}

function networkOf(definition: Thing): string {
  const network = definition.parts['LogicalNetwork'];
  return isThing(network) ? network.name : '';
}

/** One with sites to come is made when all of them are known. */
const newSites = new WeakMap<Thing, unknown[]>();

export function poolSettings(args: Arguments): Readonly<Record<string, unknown>> {
  return {
    rangeStart: args.text('IPAddressRangeStart'),
    rangeEnd: args.text('IPAddressRangeEnd'),
    vips: args.text('VIPAddressSet'),
    reserved: args.text('IPAddressReservedSet'),
    gateways: args.list('DefaultGateway').map((gateway) => (isThing(gateway) ? { address: gateway.name, metric: gateway.parts['Metric'] } : {})),
    dnsServers: args.names('DNSServer'),
    dnsSuffix: args.text('DNSSuffix'),
    dnsSearchSuffixes: args.names('DNSSearchSuffix'),
    winsServers: args.names('WINSServer'),
    enableNetbios: args.flag('EnableNetBIOS'),
  };
}

const newVmSubnets = new WeakMap<Thing, { name: string; subnet: Value | undefined }[]>();

export const fabricCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-SCVMHostGroup': hostGroup,
  'New-SCVMHostGroup': (args, vmm) => vmm.start('hostGroup.create', { name: args.text('Name'), parent: args.has('ParentHostGroup') ? args.thing('ParentHostGroup').name : '' }),
  'Set-SCVMHostGroup': (args, vmm) => vmm.start('hostGroup.rename', { hostGroup: args.thing('VMHostGroup').name, name: args.text('Name') }),
  'Move-SCVMHostGroup': (args, vmm) => vmm.start('hostGroup.move', { hostGroup: args.thing('VMHostGroup').name, parent: args.thing('ParentHostGroup').name }),
  'Remove-SCVMHostGroup': (args, vmm) => vmm.start('hostGroup.delete', { hostGroup: args.thing('VMHostGroup').name }),

  'Get-SCVMHost': named('VMHost', 'ComputerName'),
  'Add-SCVMHost': async (args, vmm) => {
    args.ignore('RemoteConnectEnabled');
    const name = args.text('ComputerName');
    await vmm.start('host.add', { name, hostGroup: args.thing('VMHostGroup').name, runAsAccount: args.thing('Credential').name, ...vmm.world.computers.get(name) });
    return thing('VMHost', name);
  },
  'Set-SCVMHost': async (args, vmm) => {
    const host = args.thing('VMHost').name;
    if (args.has('VMHostManagementCredential')) await vmm.start('host.change', { host, runAsAccount: args.thing('VMHostManagementCredential').name });
    if (args.has('IsDedicatedToNetworkVirtualizationGateway')) await vmm.start('host.change', { host, isDedicatedGateway: args.flag('IsDedicatedToNetworkVirtualizationGateway') });
  },
  'Move-SCVMHost': (args, vmm) => vmm.start('host.change', { host: args.thing('VMHost').name, hostGroup: args.thing('ParentHostGroup').name }),
  'Remove-SCVMHost': (args, vmm) => {
    args.ignore('Credential');
    return vmm.start('host.remove', { host: args.thing('VMHost').name });
  },

  'Get-SCRunAsAccount': named('RunAsAccount'),
  'Get-Credential': (args) => thing('Credential', args.text('UserName'), { Message: args.text('Message') }),
  'New-SCRunAsAccount': (args, vmm) => {
    const credential = args.thing('Credential');
    const kind = plainText(credential.parts['Message']).startsWith('Pre-shared key') ? 'preSharedKey' : 'credential';
    return vmm.start('runAsAccount.create', { name: args.text('Name'), description: args.text('Description'), userName: credential.name, secret: vmm.world.secret, kind, validate: !args.flag('NoValidation') });
  },
  'Set-SCRunAsAccount': (args, vmm) => {
    const credential = args.has('Credential') ? { userName: args.thing('Credential').name, secret: vmm.world.secret, validate: !args.flag('NoValidation') } : {};
    return vmm.start('runAsAccount.change', { runAsAccount: args.thing('RunAsAccount').name, name: args.maybe('Name'), description: args.maybe('Description'), ...credential });
  },
  'Remove-SCRunAsAccount': (args, vmm) => vmm.start('runAsAccount.delete', { runAsAccount: args.thing('RunAsAccount').name }),

  'Get-SCLogicalNetwork': named('LogicalNetwork'),
  'New-SCLogicalNetwork': (args, vmm) => {
    args.ignore('UseGRE');
    const kind = args.flag('IsPVLAN') ? 'privateVlan' : args.flag('LogicalNetworkDefinitionIsolation') ? 'vlanIndependent' : 'oneConnected';
    const input = { name: args.text('Name'), description: args.text('Description'), networkVirtualization: args.flag('EnableNetworkVirtualization'), kind };
    const network = thing('LogicalNetwork', input.name);
    const sites: unknown[] = [];
    newSites.set(network, sites);
    vmm.atEnd(() => vmm.start('logicalNetwork.create', { ...input, sites }));
    return network;
  },
  'New-SCSubnetVLan': (args) => thing('SubnetVLan', args.text('Subnet'), { Subnet: args.text('Subnet'), VLanID: args.value('VLanID') ?? 0, ...(args.has('SecondaryVLanID') ? { SecondaryVLanID: args.value('SecondaryVLanID') ?? 0 } : {}) }),
  'New-SCLogicalNetworkDefinition': async (args, vmm) => {
    const network = args.thing('LogicalNetwork');
    const sites = newSites.get(network);
    if (sites === undefined) await addSite(args, network, vmm);
    else sites.push(siteOf(args));
    return thing('LogicalNetworkDefinition', args.text('Name'), { LogicalNetwork: network });
  },
  'Get-SCLogicalNetworkDefinition': (args) => thing('LogicalNetworkDefinition', args.text('Name'), { LogicalNetwork: args.thing('LogicalNetwork') }),

  'New-SCDefaultGateway': (args) => thing('DefaultGateway', args.text('IPAddress'), { Metric: args.flag('Automatic') ? '' : args.text('Metric') }),
  'New-SCStaticIPAddressPool': (args, vmm) => {
    const subnet = args.text('Subnet');
    if (args.has('VMSubnet')) {
      const vmSubnet = args.thing('VMSubnet');
      const network = vmSubnet.parts['VMNetwork'];
      return vmm.start('ipPool.create', { vmNetwork: isThing(network) ? network.name : '', vmSubnet: vmSubnet.name, name: args.text('Name'), description: args.text('Description'), ...poolSettings(args) });
    }
    const definition = args.thing('LogicalNetworkDefinition');
    return vmm.start('ipPool.create', { logicalNetwork: networkOf(definition), networkSite: definition.name, subnet, name: args.text('Name'), description: args.text('Description'), ...poolSettings(args) });
  },
  'Get-SCStaticIPAddressPool': (args) => {
    const name = args.text('Name');
    const parent = args.has('VMSubnet') ? args.thing('VMSubnet') : args.thing('LogicalNetworkDefinition');
    return thing('StaticIPAddressPool', name, { Parent: parent });
  },

  'Get-SCVMNetwork': named('VMNetwork'),
  'Get-SCVMSubnet': (args) => thing('VMSubnet', args.text('Name'), { VMNetwork: args.thing('VMNetwork') }),
  'New-SCVMNetwork': (args, vmm) => {
    args.ignore('CAIPAddressPoolType', 'PAIPAddressPoolType');
    const input = { name: args.text('Name'), description: args.text('Description'), logicalNetwork: args.thing('LogicalNetwork').name, isolation: args.text('IsolationType') };
    const network = thing('VMNetwork', input.name);
    const subnets: { name: string; subnet: Value | undefined }[] = [];
    newVmSubnets.set(network, subnets);
    vmm.atEnd(() => vmm.start('vmNetwork.create', { ...input, subnets }));
    return network;
  },
  'New-SCVMSubnet': (args, vmm) => {
    const network = args.thing('VMNetwork');
    const row = { name: args.text('Name'), subnet: args.thing('SubnetVLan').parts['Subnet'] };
    const subnets = newVmSubnets.get(network);
    if (subnets === undefined) return changeSubnets(network, vmm, (known) => [...known, { vmSubnet: '', ...row }]);
    subnets.push(row);
    return undefined;
  },
  'Remove-SCVMNetwork': (args, vmm) => vmm.start('vmNetwork.delete', { vmNetwork: args.thing('VMNetwork').name }),

  'Get-SCConfigurationProvider': named('ConfigurationProvider'),
  'Get-SCNetworkService': named('NetworkService'),
  'Add-SCNetworkService': async (args, vmm) => {
    args.ignore('Certificate');
    const provider = args.thing('ConfigurationProvider').name;
    if (provider !== windowsServerGateway.provider) throw new Error(`there is no provider ${provider}`);
    const { manufacturer, model } = windowsServerGateway;
    const name = args.text('Name');
    await vmm.start('networkService.add', { name, description: args.text('Description'), manufacturer, model, configurationProvider: provider, runAsAccount: args.thing('RunAsAccount').name, hostGroups: args.names('VMHostGroup'), connectionString: args.text('ConnectionString') });
    return thing('NetworkService', name);
  },
  'Set-SCNetworkService': (args, vmm) => {
    if (args.has('AddVMHostGroup') || args.has('RemoveVMHostGroup')) throw new Error('host groups of a gateway device are not interpreted');
    return vmm.start('networkService.change', { networkService: args.thing('NetworkService').name, name: args.maybe('Name'), description: args.maybe('Description'), connectionString: args.maybe('ConnectionString'), runAsAccount: args.has('RunAsAccount') ? args.thing('RunAsAccount').name : undefined });
  },
  'Remove-SCNetworkService': (args, vmm) => vmm.start('networkService.remove', { networkService: args.thing('NetworkService').name }),
  'Get-SCNetworkServiceCapabilities': (args, vmm) => {
    args.ignore('ConfigurationProvider', 'RunAsAccount');
    const text = args.text('ConnectionString');
    const { networkServices, adapters } = vmm.lab.snapshot();
    const devices = vmm.lab.lists.networkServices.list({ offset: 0, limit: 100, filter: '' }).rows.filter(({ connectionString }) => connectionString === text).map(({ id }) => id);
    const machine = networkServices.find(({ id }) => devices.includes(id))?.virtualMachineId;
    return thing('NetworkServiceCapabilities', text, { NetworkAdapters: adapters.filter(({ virtualMachineId }) => virtualMachineId === machine).map(({ name }) => thing('NetworkServiceAdapterInfo', name)) });
  },
  'Add-SCNetworkConnection': (args, vmm) => {
    args.ignore('Name');
    return vmm.start('networkService.addConnection', { networkService: args.thing('Service').name, connectionType: args.text('ConnectionType'), networkAdapter: args.thing('NetworkAdapter').name, networkSite: args.thing('LogicalNetworkDefinition').name });
  },
};
