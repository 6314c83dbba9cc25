/**
 * Inputs of every operation. An operation is one VMM action; starting one makes a job.
 * Objects are named by a reference: their id, or their name (unique in its kind, case-insensitive).
 */
import { z } from 'zod';
import * as library from './libraryOperations.ts';
import * as networking from './networkingOperations.ts';
import * as servers from './serverOperations.ts';
import * as vmNetworks from './vmNetworkOperations.ts';
import { setConnectivityInputSchema } from './connectivity.ts';
import { createSnapshotInputSchema, importLabInputSchema, snapshotInputSchema } from './snapshots.ts';
import { remoteAccessDeployments, remoteAccessRoleServices } from './guest.ts';

/** Id or name of an object. */
export const objectRefSchema = z.string().trim().min(1, 'Choose an object.').max(256);

/** Fills an empty database from a lab file. */
export const openLabInputSchema = z.object({
  lab: z.string().trim().min(1).max(64).default('contoso').describe('Name of a lab in resources/labs'),
  gateway: z
    .enum(['connected', 'absent'])
    .default('connected')
    .describe('Whether the gateway is already added and its front end and back end connected'),
});

/** Text that a wizard may still have to fill in: what is missing is said by the operation's checks, at its place. */
const draftTextSchema = z.string().trim().max(1024).default('');
const draftRefSchema = z.string().trim().max(256).default('');

/** Add Network Service Wizard (fact sheet §1.2). */
export const addNetworkServiceInputSchema = z.object({
  name: draftTextSchema,
  description: draftTextSchema,
  manufacturer: draftTextSchema,
  model: draftTextSchema,
  runAsAccount: draftRefSchema.describe('Administrator of the gateway VM and of its host'),
  connectionString: z.string().max(4096).default('').describe('Key=Value pairs with semicolons between'),
  configurationProvider: draftTextSchema,
  hostGroups: z.array(objectRefSchema).max(1000).default([]).describe('Where the gateway may be used'),
});
export type AddNetworkServiceInput = z.infer<typeof addNetworkServiceInputSchema>;

/** Inside a virtual machine: Network Connections. */
export const renameAdapterInputSchema = z.object({ virtualMachine: objectRefSchema, networkAdapter: objectRefSchema, name: draftTextSchema });

/** Properties of a gateway device; what is left out stays. */
export const changeNetworkServiceInputSchema = z.object({
  networkService: objectRefSchema,
  name: z.string().trim().max(1024).optional(),
  description: z.string().trim().max(1024).optional(),
  runAsAccount: z.string().trim().max(256).optional(),
  connectionString: z.string().max(4096).optional(),
  hostGroups: z.array(objectRefSchema).max(1000).optional(),
});

export const networkServiceInputSchema = z.object({ networkService: objectRefSchema });
const connectionTypeSchema = z.enum(['FrontEnd', 'BackEnd']);

/** Properties of a gateway device, page Connectivity (fact sheet §1.6). */
export const addNetworkConnectionInputSchema = z.object({
  networkService: objectRefSchema,
  connectionType: connectionTypeSchema,
  networkAdapter: draftRefSchema.describe('Adapter of the gateway VM, by its name inside the VM'),
  networkSite: draftRefSchema,
});
export type AddNetworkConnectionInput = z.infer<typeof addNetworkConnectionInputSchema>;

export const removeNetworkConnectionInputSchema = z.object({ networkService: objectRefSchema, connectionType: connectionTypeSchema });

/** Operation id (`noun.verb`) -> input schema. The list from which everything else is derived. */
export const operationInputs = {
  'lab.open': openLabInputSchema,
  'lab.import': importLabInputSchema,
  'snapshot.create': createSnapshotInputSchema,
  'snapshot.restore': snapshotInputSchema,
  'snapshot.delete': snapshotInputSchema,
  'vmNetwork.setConnectivity': setConnectivityInputSchema,
  'vmNetwork.create': vmNetworks.createVmNetworkInputSchema,
  'vmNetwork.change': vmNetworks.changeVmNetworkInputSchema,
  'vmNetwork.moveToGateway': vmNetworks.moveToGatewayInputSchema,
  'vmNetwork.delete': vmNetworks.vmNetworkInputSchema,
  'guest.renameAdapter': renameAdapterInputSchema,
  'guest.setFirewall': z.object({ virtualMachine: objectRefSchema, isOn: z.boolean().describe('For all profiles') }),
  'guest.installRemoteAccess': z.object({ virtualMachine: objectRefSchema, roleServices: z.array(z.enum(remoteAccessRoleServices)).max(2).default([]) }),
  'guest.deployRemoteAccess': z.object({ virtualMachine: objectRefSchema, deployment: z.enum(remoteAccessDeployments) }),
  'guest.setRoutingAndRemoteAccess': z.object({ virtualMachine: objectRefSchema, isConfigured: z.boolean().describe('By hand, in the RRAS console of the virtual machine') }),
  'macAddressPool.create': networking.createMacAddressPoolInputSchema,
  'macAddressPool.delete': networking.macAddressPoolInputSchema,
  'uplinkPortProfile.create': networking.createUplinkPortProfileInputSchema,
  'uplinkPortProfile.delete': networking.uplinkPortProfileInputSchema,
  'logicalSwitch.create': networking.createLogicalSwitchInputSchema,
  'logicalSwitch.delete': networking.logicalSwitchInputSchema,
  'hostCluster.create': z.object({ name: draftTextSchema, hosts: z.array(objectRefSchema).max(64).default([]) }),
  'hostCluster.destroy': z.object({ hostCluster: objectRefSchema }),
  'guestCluster.create': z.object({ name: draftTextSchema, virtualMachines: z.array(objectRefSchema).max(64).default([]).describe('Two gateway VMs, on two hosts of a Hyper-V cluster') }),
  'guestCluster.destroy': z.object({ guestCluster: objectRefSchema }),
  'virtualMachine.connectAdapter': z.object({ virtualMachine: objectRefSchema, networkAdapter: objectRefSchema, virtualSwitch: draftRefSchema.describe('Of its host; empty: Not connected') }),
  'virtualMachine.setIntegrationServices': z.object({ virtualMachine: objectRefSchema, dataExchange: z.boolean() }),
  'runAsAccount.create': servers.createRunAsAccountInputSchema,
  'runAsAccount.change': servers.changeRunAsAccountInputSchema,
  'runAsAccount.delete': servers.runAsAccountInputSchema,
  'hostGroup.create': servers.createHostGroupInputSchema,
  'hostGroup.rename': servers.renameHostGroupInputSchema,
  'hostGroup.move': servers.moveHostGroupInputSchema,
  'hostGroup.delete': servers.hostGroupInputSchema,
  'host.add': servers.addHostInputSchema,
  'host.change': servers.changeHostInputSchema,
  'host.remove': servers.hostInputSchema,
  'logicalNetwork.create': networking.createLogicalNetworkInputSchema,
  'logicalNetwork.change': networking.changeLogicalNetworkInputSchema,
  'logicalNetwork.delete': networking.logicalNetworkInputSchema,
  'ipPool.create': networking.createIpPoolInputSchema,
  'ipPool.change': networking.changeIpPoolInputSchema,
  'ipPool.delete': networking.ipPoolInputSchema,
  'ipPool.releaseAddresses': networking.releaseAddressesInputSchema,
  'gateway.checkReadiness': z.object({}),
  'networkService.add': addNetworkServiceInputSchema,
  'networkService.change': changeNetworkServiceInputSchema,
  'networkService.remove': networkServiceInputSchema,
  'networkService.addConnection': addNetworkConnectionInputSchema,
  'networkService.removeConnection': removeNetworkConnectionInputSchema,
  'vmTemplate.create': library.createVmTemplateInputSchema,
  'vmTemplate.change': library.changeVmTemplateInputSchema,
  'vmTemplate.delete': library.vmTemplateInputSchema,
  'serviceTemplate.create': library.createServiceTemplateInputSchema,
  'serviceTemplate.delete': library.serviceTemplateInputSchema,
  'virtualMachine.create': library.createVirtualMachineInputSchema,
  'virtualMachine.delete': library.deleteVirtualMachineInputSchema,
  'virtualMachine.migrate': library.migrateVirtualMachineInputSchema,
  'virtualMachine.start': library.virtualMachineInputSchema,
  'virtualMachine.stop': library.stopVirtualMachineInputSchema,
} as const;

export type OperationId = keyof typeof operationInputs;
export type OperationInput<I extends OperationId> = z.input<(typeof operationInputs)[I]>;
export type ParsedOperationInput<I extends OperationId> = z.output<(typeof operationInputs)[I]>;

export const operationIdSchema = z.enum(Object.keys(operationInputs) as [OperationId, ...OperationId[]]);
