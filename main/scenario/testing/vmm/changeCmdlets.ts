/** What changes, or takes away, parts of an object that is there: each cmdlet gives the operation the whole list of parts as it shall be. */
import { adaptersNow, changeSites, changeSubnets, siteOf } from './parts.ts';
import { isThing, thing, type Thing } from './values.ts';
import type { Cmdlet, Vmm } from './vmm.ts';

function ownerOf(part: Thing, parameter: string): Thing {
  const owner = part.parts[parameter];
  if (!isThing(owner)) throw new Error(`${part.name} without its ${parameter}`);
  return owner;
}

/** Variables of the script go on meaning the object, whatever it is called. */
function rename(object: Thing, name: string): void {
  Object.assign(object, { name });
}

function groupIds(names: readonly string[], vmm: Vmm): readonly string[] {
  const { hostGroups } = vmm.lab.lists.inventoryTree.read();
  return names.map((wanted) => hostGroups.find(({ name }) => name === wanted)?.id ?? wanted);
}

interface Switch {
  readonly virtualSwitch: string;
  readonly name: string;
  readonly logicalSwitch?: string;
}

function changeSwitches(host: Thing, vmm: Vmm, change: (switches: Switch[]) => readonly Switch[]): Promise<void> {
  const { hosts, virtualSwitches } = vmm.lab.snapshot();
  const id = hosts.find(({ name }) => name === host.name)?.id;
  const now = virtualSwitches.filter(({ hostId }) => hostId === id).map(({ name }) => ({ virtualSwitch: name, name }));
  return vmm.start('host.change', { host: host.name, virtualSwitches: change(now) });
}

export const changeCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Set-SCLogicalNetwork': async (args, vmm) => {
    const network = args.thing('LogicalNetwork');
    const name = args.text('Name');
    await vmm.start('logicalNetwork.change', { logicalNetwork: network.name, name, description: args.text('Description'), networkVirtualization: args.flag('EnableNetworkVirtualization') });
    rename(network, name);
  },
  'Set-SCLogicalNetworkDefinition': async (args, vmm) => {
    const definition = args.thing('LogicalNetworkDefinition');
    const wanted = siteOf(args);
    const [added, removed] = [groupIds(args.names('AddVMHostGroup'), vmm), groupIds(args.names('RemoveVMHostGroup'), vmm)];
    await changeSites(ownerOf(definition, 'LogicalNetwork'), vmm, (sites) =>
      sites.map((site) => (site.networkSite === definition.name ? { ...site, name: wanted.name, subnets: wanted.subnets, hostGroups: [...new Set([...site.hostGroups, ...added])].filter((group) => !removed.includes(group)) } : site)),
    );
    rename(definition, wanted.name);
  },
  'Remove-SCLogicalNetworkDefinition': (args, vmm) => {
    const definition = args.thing('LogicalNetworkDefinition');
    return changeSites(ownerOf(definition, 'LogicalNetwork'), vmm, (sites) => sites.filter(({ name }) => name !== definition.name));
  },
  'Remove-SCLogicalNetwork': (args, vmm) => vmm.start('logicalNetwork.delete', { logicalNetwork: args.thing('LogicalNetwork').name }),

  'Set-SCVMNetwork': async (args, vmm) => {
    const network = args.thing('VMNetwork');
    const name = args.text('Name');
    await vmm.start('vmNetwork.change', { vmNetwork: network.name, name, description: args.text('Description') });
    rename(network, name);
  },
  'Set-SCVMSubnet': async (args, vmm) => {
    const subnet = args.thing('VMSubnet');
    const name = args.text('Name');
    await changeSubnets(ownerOf(subnet, 'VMNetwork'), vmm, (subnets) => subnets.map((row) => (row.name === subnet.name ? { ...row, name } : row)));
    rename(subnet, name);
  },
  'Remove-SCVMSubnet': (args, vmm) => {
    const subnet = args.thing('VMSubnet');
    return changeSubnets(ownerOf(subnet, 'VMNetwork'), vmm, (subnets) => subnets.filter(({ name }) => name !== subnet.name));
  },

  'Get-SCVirtualNetwork': (args) => thing('VirtualNetwork', args.text('Name'), { VMHost: args.thing('VMHost') }),
  'Get-SCVMHostNetworkAdapter': (args) => thing('VMHostNetworkAdapter', args.text('Name'), { VMHost: args.thing('VMHost') }),
  'New-SCVirtualNetwork': (args, vmm) => {
    args.ignore('VMHostNetworkAdapters');
    const logicalSwitch = args.has('LogicalSwitch') ? args.thing('LogicalSwitch').name : '';
    return changeSwitches(args.thing('VMHost'), vmm, (switches) => [...switches, { virtualSwitch: '', name: args.text('Name'), logicalSwitch }]);
  },
  'Set-SCVirtualNetwork': async (args, vmm) => {
    const virtualSwitch = args.thing('VirtualNetwork');
    const name = args.text('Name');
    await changeSwitches(ownerOf(virtualSwitch, 'VMHost'), vmm, (switches) => switches.map((row) => (row.name === virtualSwitch.name ? { ...row, name } : row)));
    rename(virtualSwitch, name);
  },
  'Remove-SCVirtualNetwork': (args, vmm) => {
    const virtualSwitch = args.thing('VirtualNetwork');
    return changeSwitches(ownerOf(virtualSwitch, 'VMHost'), vmm, (switches) => switches.filter(({ name }) => name !== virtualSwitch.name));
  },

  'Set-SCVMTemplate': async (args, vmm) => {
    const template = args.thing('VMTemplate');
    const name = args.text('Name');
    const input = { name, description: args.text('Description'), memoryMb: args.value('MemoryMB'), processors: args.value('CPUCount') };
    // What it shall be, it may be already: only the adapters are different then.
    if (vmm.lab.operations.check('vmTemplate.change', { vmTemplate: template.name, ...input }).length === 0) await vmm.start('vmTemplate.change', { vmTemplate: template.name, ...input });
    rename(template, name);
  },
  /** By its place: the first of them is removed once for each. */
  'Remove-SCVirtualNetworkAdapter': (args, vmm) => {
    const template = ownerOf(args.thing('VirtualNetworkAdapter'), 'VMTemplate');
    return vmm.start('vmTemplate.change', { vmTemplate: template.name, adapters: adaptersNow(template.name, vmm).slice(1) });
  },
};
