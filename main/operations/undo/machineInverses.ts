/** What undoes operations on the library, on virtual machines and inside them. */
import type { AdapterConnectionInput } from '../../../shared/contract/libraryOperations.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmTemplate } from '../../store/inventory/library.ts';
import { noWayBack, undoneBy, undoneByRemoving, type InverseOf } from './inverse.ts';

export const createVmTemplateInverse: InverseOf<'vmTemplate.create'> = () => undoneByRemoving('vmTemplate.delete', 'vmTemplate');

export const changeVmTemplateInverse: InverseOf<'vmTemplate.change'> = (input, inventory) => {
  const template = inventory.library.template(input.vmTemplate);
  return undoneBy('vmTemplate.change', {
    vmTemplate: template.id,
    ...(input.name === undefined ? {} : { name: template.name }),
    ...(input.description === undefined ? {} : { description: template.description }),
    ...(input.image === undefined ? {} : { image: template.libraryImageId }),
    ...(input.memoryMb === undefined ? {} : { memoryMb: template.memoryMb }),
    ...(input.processors === undefined ? {} : { processors: template.processors }),
    ...(input.adapters === undefined ? {} : { adapters: adaptersNow(template, inventory) }),
  });
};

export const deleteVmTemplateInverse: InverseOf<'vmTemplate.delete'> = (input, inventory) => {
  const template = inventory.library.template(input.vmTemplate);
  const { name, description, libraryImageId, generation, memoryMb, processors } = template;
  return undoneBy('vmTemplate.create', { name, description, image: libraryImageId, generation, memoryMb, processors, adapters: adaptersNow(template, inventory) });
};

function adaptersNow({ id }: VmTemplate, { library }: Inventory): AdapterConnectionInput[] {
  return library.adaptersOf(id).map(({ vmNetworkId, logicalNetworkId }) => {
    if (vmNetworkId !== null) return { connection: 'vmNetwork', network: vmNetworkId };
    return logicalNetworkId === null ? { connection: 'notConnected', network: '' } : { connection: 'logicalNetwork', network: logicalNetworkId };
  });
}

export const createServiceTemplateInverse: InverseOf<'serviceTemplate.create'> = () => undoneByRemoving('serviceTemplate.delete', 'serviceTemplate');

export const deleteServiceTemplateInverse: InverseOf<'serviceTemplate.delete'> = (input, { library }) => {
  const { name, description, vmTemplateId } = library.serviceTemplate(input.serviceTemplate);
  return undoneBy('serviceTemplate.create', { name, description, vmTemplate: vmTemplateId });
};

export const createVirtualMachineInverse: InverseOf<'virtualMachine.create'> = ({ start }) => undoneByRemoving('virtualMachine.delete', 'virtualMachine', start ? { powerOff: true } : {});

export const startVirtualMachineInverse: InverseOf<'virtualMachine.start'> = ({ virtualMachine }, { virtualMachines }) => undoneBy('virtualMachine.stop', { virtualMachine: virtualMachines.virtualMachine(virtualMachine).id });

export const stopVirtualMachineInverse: InverseOf<'virtualMachine.stop'> = ({ virtualMachine }, { virtualMachines }) => undoneBy('virtualMachine.start', { virtualMachine: virtualMachines.virtualMachine(virtualMachine).id });

export const migrateVirtualMachineInverse: InverseOf<'virtualMachine.migrate'> = ({ virtualMachine }, { virtualMachines }) => {
  const { id, hostId } = virtualMachines.virtualMachine(virtualMachine);
  return undoneBy('virtualMachine.migrate', { virtualMachine: id, host: hostId });
};

export const connectAdapterInverse: InverseOf<'virtualMachine.connectAdapter'> = (input, { virtualMachines, hosts }) => {
  const machine = virtualMachines.virtualMachine(input.virtualMachine);
  const adapter = virtualMachines.adapter(machine, input.networkAdapter);
  const before = hosts.switchesOf(machine.hostId).find(({ id }) => id === adapter.virtualSwitchId);
  return undoneBy('virtualMachine.connectAdapter', { virtualMachine: machine.id, networkAdapter: adapter.id, virtualSwitch: before?.id ?? '' });
};

export const setIntegrationServicesInverse: InverseOf<'virtualMachine.setIntegrationServices'> = (input, { virtualMachines }) => {
  const { id, dataExchangeOn } = virtualMachines.virtualMachine(input.virtualMachine);
  return undoneBy('virtualMachine.setIntegrationServices', { virtualMachine: id, dataExchange: dataExchangeOn });
};

export const renameAdapterInverse: InverseOf<'guest.renameAdapter'> = (input, { virtualMachines }) => {
  const machine = virtualMachines.virtualMachine(input.virtualMachine);
  const { id, name } = virtualMachines.adapter(machine, input.networkAdapter);
  return undoneBy('guest.renameAdapter', { virtualMachine: machine.id, networkAdapter: id, name });
};

export const setFirewallInverse: InverseOf<'guest.setFirewall'> = (input, { virtualMachines }) => {
  const { id, firewallOn } = virtualMachines.virtualMachine(input.virtualMachine);
  return undoneBy('guest.setFirewall', { virtualMachine: id, isOn: firewallOn });
};

export const setRoutingAndRemoteAccessInverse: InverseOf<'guest.setRoutingAndRemoteAccess'> = (input, { virtualMachines }) => {
  const { id, remoteAccessByHand } = virtualMachines.virtualMachine(input.virtualMachine);
  return undoneBy('guest.setRoutingAndRemoteAccess', { virtualMachine: id, isConfigured: remoteAccessByHand });
};

export const installRemoteAccessInverse: InverseOf<'guest.installRemoteAccess'> = () => noWayBack('A role is removed in Server Manager inside the virtual machine, with a restart; this console does not do that.');
export const deployRemoteAccessInverse: InverseOf<'guest.deployRemoteAccess'> = () => noWayBack('The Getting Started Wizard has no way back but to remove the Remote Access role.');
export const deleteVirtualMachineInverse: InverseOf<'virtualMachine.delete'> = () => noWayBack('The virtual hard disk was deleted with the virtual machine. Create a new one from its template.');
