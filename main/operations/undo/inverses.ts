/** The one list of what undoes what. */
import type { OperationId, ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import * as fabric from './fabricInverses.ts';
import { noWayBack, type Inverse, type InverseOf } from './inverse.ts';
import * as machine from './machineInverses.ts';
import * as network from './networkInverses.ts';

const inverses: { readonly [I in OperationId]?: InverseOf<I> } = {
  'lab.open': () => noWayBack('A lab fills an empty database. To begin again, start the console with a new one.'),
  'gateway.checkReadiness': () => noWayBack('It only looks; there is nothing to undo.'),
  'vmNetwork.setConnectivity': network.setConnectivityInverse,
  'vmNetwork.create': network.createVmNetworkInverse,
  'vmNetwork.change': network.changeVmNetworkInverse,
  'vmNetwork.moveToGateway': network.moveToGatewayInverse,
  'vmNetwork.delete': network.deleteVmNetworkInverse,
  'runAsAccount.create': fabric.createRunAsAccountInverse,
  'runAsAccount.change': fabric.changeRunAsAccountInverse,
  'runAsAccount.delete': () => noWayBack('Its secret is gone: secrets are never kept. Create the account again and type it.'),
  'guest.renameAdapter': machine.renameAdapterInverse,
  'guest.setFirewall': machine.setFirewallInverse,
  'guest.installRemoteAccess': machine.installRemoteAccessInverse,
  'guest.deployRemoteAccess': machine.deployRemoteAccessInverse,
  'guest.setRoutingAndRemoteAccess': machine.setRoutingAndRemoteAccessInverse,
  'virtualMachine.connectAdapter': machine.connectAdapterInverse,
  'virtualMachine.setIntegrationServices': machine.setIntegrationServicesInverse,
  'macAddressPool.create': fabric.createMacAddressPoolInverse,
  'macAddressPool.delete': fabric.deleteMacAddressPoolInverse,
  'uplinkPortProfile.create': fabric.createUplinkPortProfileInverse,
  'uplinkPortProfile.delete': fabric.deleteUplinkPortProfileInverse,
  'logicalSwitch.create': fabric.createLogicalSwitchInverse,
  'logicalSwitch.delete': fabric.deleteLogicalSwitchInverse,
  'hostCluster.create': fabric.createHostClusterInverse,
  'hostCluster.destroy': fabric.destroyHostClusterInverse,
  'guestCluster.create': fabric.createGuestClusterInverse,
  'guestCluster.destroy': fabric.destroyGuestClusterInverse,
  'hostGroup.create': fabric.createHostGroupInverse,
  'hostGroup.rename': fabric.renameHostGroupInverse,
  'hostGroup.move': fabric.moveHostGroupInverse,
  'hostGroup.delete': fabric.deleteHostGroupInverse,
  'host.add': fabric.addHostInverse,
  'host.change': fabric.changeHostInverse,
  'host.remove': fabric.removeHostInverse,
  'logicalNetwork.create': network.createLogicalNetworkInverse,
  'logicalNetwork.change': network.changeLogicalNetworkInverse,
  'logicalNetwork.delete': network.deleteLogicalNetworkInverse,
  'ipPool.create': network.createIpPoolInverse,
  'ipPool.change': network.changeIpPoolInverse,
  'ipPool.delete': network.deleteIpPoolInverse,
  'ipPool.releaseAddresses': () => noWayBack('What held these addresses does not exist any more, so they cannot be given back to it.'),
  'networkService.add': network.addNetworkServiceInverse,
  'networkService.change': network.changeNetworkServiceInverse,
  'networkService.remove': network.removeNetworkServiceInverse,
  'networkService.addConnection': network.addConnectionInverse,
  'networkService.removeConnection': network.removeConnectionInverse,
  'vmTemplate.create': machine.createVmTemplateInverse,
  'vmTemplate.change': machine.changeVmTemplateInverse,
  'vmTemplate.delete': machine.deleteVmTemplateInverse,
  'serviceTemplate.create': machine.createServiceTemplateInverse,
  'serviceTemplate.delete': machine.deleteServiceTemplateInverse,
  'virtualMachine.create': machine.createVirtualMachineInverse,
  'virtualMachine.delete': machine.deleteVirtualMachineInverse,
  'virtualMachine.migrate': machine.migrateVirtualMachineInverse,
  'virtualMachine.start': machine.startVirtualMachineInverse,
  'virtualMachine.stop': machine.stopVirtualMachineInverse,
};

/** Before the first step of a job. */
export function inverseOf<I extends OperationId>(id: I, input: ParsedOperationInput<I>, inventory: Inventory): Inverse {
  const inverse: InverseOf<I> | undefined = inverses[id];
  return inverse?.(input, inventory) ?? noWayBack('This console knows no operation that would undo it.');
}
