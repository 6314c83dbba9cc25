/** The one list of operations. */
import type { OperationId } from '../../shared/contract/operations.ts';
import { changeVmTemplate } from './library/changeVmTemplate.ts';
import { createVmTemplate } from './library/createVmTemplate.ts';
import { deleteVmTemplate } from './library/deleteVmTemplate.ts';
import { createServiceTemplate, deleteServiceTemplate } from './library/serviceTemplates.ts';
import { deployRemoteAccess, installRemoteAccess, renameAdapter, setFirewall, setRoutingAndRemoteAccess } from './guest/guestOperations.ts';
import { importLab } from './lab/importLab.ts';
import { openLab } from './lab/openLab.ts';
import { addConnection } from './networkService/addConnection.ts';
import { addNetworkService } from './networkService/addNetworkService.ts';
import { changeNetworkService } from './networkService/changeNetworkService.ts';
import { removeConnection } from './networkService/removeConnection.ts';
import { removeNetworkService } from './networkService/removeNetworkService.ts';
import type { Operation } from './operation.ts';
import { checkReadiness } from './readiness/checkReadiness.ts';
import { createGuestCluster, createHostCluster, destroyGuestCluster, destroyHostCluster } from './cluster/clusterOperations.ts';
import { createLogicalSwitch, deleteLogicalSwitch } from './switchFabric/logicalSwitches.ts';
import { createMacAddressPool, deleteMacAddressPool } from './switchFabric/macAddressPools.ts';
import { createUplinkPortProfile, deleteUplinkPortProfile } from './switchFabric/uplinkPortProfiles.ts';
import { addHost } from './host/addHost.ts';
import { changeHost } from './host/changeHost.ts';
import { removeHost } from './host/removeHost.ts';
import { createHostGroup } from './hostGroup/createHostGroup.ts';
import { deleteHostGroup } from './hostGroup/deleteHostGroup.ts';
import { moveHostGroup } from './hostGroup/moveHostGroup.ts';
import { renameHostGroup } from './hostGroup/renameHostGroup.ts';
import { changeIpPool } from './ipPool/changeIpPool.ts';
import { createIpPool } from './ipPool/createIpPool.ts';
import { deleteIpPool } from './ipPool/deleteIpPool.ts';
import { releaseAddresses } from './ipPool/releaseAddresses.ts';
import { changeLogicalNetwork } from './logicalNetwork/changeLogicalNetwork.ts';
import { createLogicalNetwork } from './logicalNetwork/createLogicalNetwork.ts';
import { deleteLogicalNetwork } from './logicalNetwork/deleteLogicalNetwork.ts';
import { changeRunAsAccount } from './runAsAccount/changeRunAsAccount.ts';
import { createRunAsAccount } from './runAsAccount/createRunAsAccount.ts';
import { deleteRunAsAccount } from './runAsAccount/deleteRunAsAccount.ts';
import { connectAdapter } from './virtualMachine/connectAdapter.ts';
import { setIntegrationServices } from './virtualMachine/integrationServices.ts';
import { createVirtualMachine } from './virtualMachine/createVirtualMachine.ts';
import { deleteVirtualMachine } from './virtualMachine/deleteVirtualMachine.ts';
import { migrateVirtualMachine } from './virtualMachine/migrate.ts';
import { startVirtualMachine, stopVirtualMachine } from './virtualMachine/power.ts';
import { changeVmNetwork } from './vmNetwork/changeVmNetwork.ts';
import { createSnapshot } from './snapshot/createSnapshot.ts';
import { deleteSnapshot } from './snapshot/deleteSnapshot.ts';
import { restoreSnapshot } from './snapshot/restoreSnapshot.ts';
import { createVmNetwork } from './vmNetwork/createVmNetwork.ts';
import { deleteVmNetwork } from './vmNetwork/deleteVmNetwork.ts';
import { moveToGateway } from './vmNetwork/move/moveToGateway.ts';
import { setConnectivity } from './vmNetwork/setConnectivity.ts';

/** A missing operation is a compile error. */
export const registry: { readonly [I in OperationId]: Operation<I> } = {
  'lab.open': openLab,
  'lab.import': importLab,
  'snapshot.create': createSnapshot,
  'snapshot.restore': restoreSnapshot,
  'snapshot.delete': deleteSnapshot,
  'vmNetwork.setConnectivity': setConnectivity,
  'vmNetwork.create': createVmNetwork,
  'vmNetwork.change': changeVmNetwork,
  'vmNetwork.moveToGateway': moveToGateway,
  'vmNetwork.delete': deleteVmNetwork,
  'runAsAccount.create': createRunAsAccount,
  'runAsAccount.change': changeRunAsAccount,
  'runAsAccount.delete': deleteRunAsAccount,
  'guest.renameAdapter': renameAdapter,
  'guest.setFirewall': setFirewall,
  'guest.installRemoteAccess': installRemoteAccess,
  'guest.deployRemoteAccess': deployRemoteAccess,
  'guest.setRoutingAndRemoteAccess': setRoutingAndRemoteAccess,
  'virtualMachine.connectAdapter': connectAdapter,
  'virtualMachine.setIntegrationServices': setIntegrationServices,
  'macAddressPool.create': createMacAddressPool,
  'macAddressPool.delete': deleteMacAddressPool,
  'uplinkPortProfile.create': createUplinkPortProfile,
  'uplinkPortProfile.delete': deleteUplinkPortProfile,
  'logicalSwitch.create': createLogicalSwitch,
  'logicalSwitch.delete': deleteLogicalSwitch,
  'hostCluster.create': createHostCluster,
  'hostCluster.destroy': destroyHostCluster,
  'guestCluster.create': createGuestCluster,
  'guestCluster.destroy': destroyGuestCluster,
  'hostGroup.create': createHostGroup,
  'hostGroup.rename': renameHostGroup,
  'hostGroup.move': moveHostGroup,
  'hostGroup.delete': deleteHostGroup,
  'host.add': addHost,
  'host.change': changeHost,
  'host.remove': removeHost,
  'logicalNetwork.create': createLogicalNetwork,
  'logicalNetwork.change': changeLogicalNetwork,
  'logicalNetwork.delete': deleteLogicalNetwork,
  'ipPool.create': createIpPool,
  'ipPool.change': changeIpPool,
  'ipPool.delete': deleteIpPool,
  'ipPool.releaseAddresses': releaseAddresses,
  'gateway.checkReadiness': checkReadiness,
  'networkService.add': addNetworkService,
  'networkService.change': changeNetworkService,
  'networkService.remove': removeNetworkService,
  'networkService.addConnection': addConnection,
  'networkService.removeConnection': removeConnection,
  'vmTemplate.create': createVmTemplate,
  'vmTemplate.change': changeVmTemplate,
  'vmTemplate.delete': deleteVmTemplate,
  'serviceTemplate.create': createServiceTemplate,
  'serviceTemplate.delete': deleteServiceTemplate,
  'virtualMachine.create': createVirtualMachine,
  'virtualMachine.delete': deleteVirtualMachine,
  'virtualMachine.migrate': migrateVirtualMachine,
  'virtualMachine.start': startVirtualMachine,
  'virtualMachine.stop': stopVirtualMachine,
};
