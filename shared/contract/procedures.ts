/**
 * The contract: every procedure with its input and output, every subscription with its input and payload.
 * The same entries give the types on both sides and the run-time check in `main/ipc`.
 */
import { z } from 'zod';
import { problemSchema } from './errors.ts';
import * as faults from './faults.ts';
import { guestSchema } from './guest.ts';
import * as inventory from './inventory.ts';
import { exportRequestSchema, exportScopeSchema, exportSizeSchema, exportStateSchema } from './jobExport.ts';
import * as jobs from './jobs.ts';
import { fabricObjectListPageSchema, fabricObjectListQuerySchema, ipPoolPropertiesSchema, logicalNetworkPropertiesSchema } from './networking.ts';
import * as library from './library.ts';
import { idSchema } from './lists.ts';
import { operationIdSchema } from './operations.ts';
import { readinessSchema } from './readiness.ts';
import { gatewayHintsSchema } from './gatewayHints.ts';
import * as live from './liveGateway.ts';
import * as mtu from './mtuCheck.ts';
import { recordingStateSchema, scenarioRunSchema } from './scenarios.ts';
import * as simulation from './simulation.ts';
import * as terminal from './terminal.ts';
import { movePreviewSchema } from './vmNetworkMove.ts';
import { moveToGatewayInputSchema } from './vmNetworkOperations.ts';
import * as snapshots from './snapshots.ts';
import * as vpn from './vpn.ts';

const nothing = z.object({});
const byId = z.object({ id: idSchema });

export const procedures = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      electron: z.string(),
      chromium: z.string(),
      databasePath: z.string(),
      /** False where the system has no key store and secrets are only obfuscated. */
      areSecretsProtected: z.boolean(),
      labName: z.string(),
    }),
  },
  'inventory.tree': { input: nothing, output: inventory.inventoryTreeSchema },
  'vmNetwork.list': { input: inventory.vmNetworkListQuerySchema, output: inventory.vmNetworkListPageSchema },
  /** With the IP pools of those that are opened. */
  'vmNetwork.pools.list': { input: inventory.vmNetworkPoolListQuerySchema, output: inventory.vmNetworkPoolListPageSchema },
  'vmNetwork.get': { input: byId, output: inventory.vmNetworkDetailsSchema },
  'vmNetwork.connectivity': { input: byId, output: inventory.connectivitySchema },
  /** For a VM network that is not there yet. `id` of a logical network. */
  'logicalNetwork.connectivity': { input: byId, output: inventory.newConnectivitySchema },
  /** What would come along to another gateway device. */
  'vmNetwork.movePreview': { input: moveToGatewayInputSchema, output: movePreviewSchema },
  'virtualMachine.list': { input: inventory.virtualMachineListQuerySchema, output: inventory.virtualMachineListPageSchema },
  /** Networks to which the adapters of a template or a virtual machine can be connected. */
  'virtualMachine.networkChoices': { input: z.object({ filter: z.string().max(200).default('') }), output: library.networkChoicesSchema },
  /** Every host with stars and reasons, for a virtual machine with these adapters. */
  'virtualMachine.placement': { input: library.placementInputSchema, output: library.placementSchema },
  /** Every host with stars and reasons, for a virtual machine that is there. */
  'virtualMachine.migrationTargets': { input: byId, output: library.placementSchema },
  'libraryImage.list': { input: library.libraryImageListQuerySchema, output: library.libraryImageListPageSchema },
  'vmTemplate.list': { input: library.vmTemplateListQuerySchema, output: library.vmTemplateListPageSchema },
  'vmTemplate.get': { input: byId, output: library.vmTemplateDetailsSchema },
  'serviceTemplate.list': { input: library.serviceTemplateListQuerySchema, output: library.serviceTemplateListPageSchema },
  'host.list': { input: inventory.hostListQuerySchema, output: inventory.hostListPageSchema },
  'host.get': { input: byId, output: inventory.hostPropertiesSchema },
  'logicalNetwork.list': { input: inventory.logicalNetworkListQuerySchema, output: inventory.logicalNetworkListPageSchema },
  'fabricObject.list': { input: fabricObjectListQuerySchema, output: fabricObjectListPageSchema },
  'logicalNetwork.get': { input: byId, output: logicalNetworkPropertiesSchema },
  'logicalNetwork.pool': { input: byId, output: ipPoolPropertiesSchema },
  'networkService.list': { input: inventory.networkServiceListQuerySchema, output: inventory.networkServiceListPageSchema },
  'virtualMachine.guest': { input: byId, output: guestSchema },
  'guide.readiness': { input: nothing, output: readinessSchema },
  'networkService.get': { input: byId, output: inventory.networkServicePropertiesSchema },
  /** Tries the configuration provider with what was typed. */
  'networkService.testProvider': {
    input: z.object({ runAsAccount: z.string().max(256), connectionString: z.string().max(4096), networkService: idSchema.optional() }),
    output: inventory.providerTestResultSchema,
  },
  'runAsAccount.list': { input: inventory.runAsAccountListQuerySchema, output: inventory.runAsAccountListPageSchema },
  'snapshot.list': { input: snapshots.snapshotListQuerySchema, output: snapshots.snapshotListPageSchema },
  'snapshotDifference.list': { input: snapshots.snapshotDifferencesQuerySchema, output: snapshots.snapshotDifferencesPageSchema },
  /** Asks for a file name in the system's dialog and writes the whole inventory there; `path` is null when the dialog was canceled. */
  'lab.export': { input: nothing, output: z.object({ path: z.string().nullable(), bytes: z.number().int() }) },
  /** Asks for a lab file in the system's dialog and reads it; changes nothing. */
  'lab.prepareImport': { input: nothing, output: snapshots.importPreviewSchema },
  /** As `lab.prepareImport`, of the JSON that Export-VmmInventory.ps1 writes of a real VMM. */
  'lab.prepareVmmImport': { input: nothing, output: snapshots.importPreviewSchema },
  /** Breaks off what these two read. */
  'lab.cancelImport': { input: nothing, output: nothing },
  'job.list': { input: jobs.jobListQuerySchema, output: jobs.jobListPageSchema },
  'job.filterChoices': { input: nothing, output: jobs.jobFilterChoicesSchema },
  'job.get': { input: byId, output: jobs.jobDetailsSchema },
  'job.summary': { input: nothing, output: jobs.jobSummarySchema },
  'job.signals': { input: nothing, output: jobs.jobSignalsSchema },
  'job.cancel': { input: byId, output: nothing },
  'job.restart': { input: byId.extend({ skipLastFailedStep: z.boolean().default(false) }), output: nothing },
  /** Starts a job that undoes this one. */
  'job.undo': { input: byId, output: z.object({ jobId: idSchema }) },
  /** *View Script* of a job. */
  'job.script': { input: byId, output: jobs.jobScriptSchema },
  'job.exportSize': { input: z.object({ scope: exportScopeSchema }), output: exportSizeSchema },
  /** Asks for a file name in the system's dialog and begins to write; `exportId` is null when the dialog was canceled. */
  'job.export': { input: exportRequestSchema, output: z.object({ exportId: idSchema.nullable() }) },
  /** `id` of an export, here and below. */
  'job.cancelExport': { input: byId, output: nothing },
  /** Shows the written file in the system's file manager. */
  'job.showExport': { input: byId, output: nothing },
  /** Checks an operation's input without starting anything. */
  'operation.check': {
    input: z.object({ operationId: operationIdSchema, input: z.unknown() }),
    output: z.object({ problems: z.array(problemSchema) }),
  },
  /** The PowerShell of an operation, for *View Script*. */
  'operation.script': {
    input: z.object({ operationId: operationIdSchema, input: z.unknown() }),
    output: z.object({ script: z.string() }),
  },
  'operation.start': {
    input: z.object({ operationId: operationIdSchema, input: z.unknown() }),
    output: z.object({ jobId: idSchema }),
  },
  /** `id` of a network service. */
  'gateway.state': { input: byId, output: simulation.gatewayStateSchema },
  /** What is wrong with a gateway, and where to mend it. `id` of a network service. */
  'gateway.hints': { input: byId, output: gatewayHintsSchema },
  /** Moves the role of a gateway pair to its other node. `id` of a network service. */
  'gateway.failOver': { input: byId, output: nothing },
  /** Names that a connection string can have in place of a host and a virtual machine. */
  'gateway.clusters': { input: nothing, output: z.object({ hostClusters: z.array(z.string()), guestClusters: z.array(z.string()) }) },
  /** Live tunnels of a VM network. */
  'vpn.status': { input: byId, output: vpn.vpnStatusSchema },
  /** Dials or hangs up by hand; gives what stands afterwards. */
  'vpn.dial': { input: vpn.dialInputSchema, output: vpn.vpnStatusSchema },
  'simulation.status': { input: nothing, output: simulation.simulationStatusSchema },
  'simulation.setSpeed': { input: z.object({ speed: simulation.simulationSpeedSchema }), output: simulation.simulationStatusSchema },
  /** Runs the next event while paused. */
  'simulation.step': { input: nothing, output: simulation.simulationStatusSchema },
  /** Faults that lie over the simulation. */
  'fault.inForce': { input: nothing, output: faults.faultsInForceSchema },
  /** What a fault of a kind can be about. */
  'fault.choices': { input: faults.faultChoicesQuerySchema, output: faults.faultChoicesSchema },
  'fault.inject': { input: faults.faultInputSchema, output: faults.faultsInForceSchema },
  'fault.takeBack': { input: faults.faultTakeBackSchema, output: faults.faultsInForceSchema },
  'probe.startPing': { input: simulation.pingInputSchema, output: z.object({ pingId: idSchema }) },
  'probe.stopPing': { input: z.object({ pingId: idSchema }), output: nothing },
  /** Finds the largest packet that passes to a destination, on a copy of the simulation. */
  'probe.startMtuCheck': { input: mtu.mtuCheckInputSchema, output: z.object({ checkId: idSchema }) },
  'probe.cancelMtuCheck': { input: z.object({ checkId: idSchema }), output: nothing },
  'terminal.open': { input: terminal.terminalTargetSchema, output: terminal.terminalSchema },
  'terminal.run': { input: terminal.terminalRunSchema, output: terminal.terminalOutputSchema },
  'terminal.interrupt': { input: z.object({ terminalId: idSchema }), output: terminal.terminalOutputSchema },
  'terminal.close': { input: z.object({ terminalId: idSchema }), output: nothing },
  /** Records every tap into a bounded ring buffer until saved or discarded. */
  'capture.start': { input: nothing, output: z.object({ captureId: idSchema }) },
  /** Asks for a file name in the system's dialog, writes pcapng; `path` is null when the dialog was canceled. */
  'capture.save': {
    input: z.object({ captureId: idSchema }),
    output: z.object({ path: z.string().nullable(), packets: z.number().int(), bytes: z.number().int() }),
  },
  'capture.discard': { input: z.object({ captureId: idSchema }), output: nothing },
  /** Writes down what the operator does from now on. */
  'scenario.startRecording': { input: nothing, output: recordingStateSchema },
  'scenario.recording': { input: nothing, output: recordingStateSchema },
  /** Asks for a file name in the system's dialog and writes what was done as a scenario; `path` is null when the dialog was canceled. */
  'scenario.saveRecording': { input: z.object({ withExpectations: z.boolean() }), output: z.object({ path: z.string().nullable(), steps: z.number().int() }) },
  'scenario.discardRecording': { input: nothing, output: nothing },
  /** Asks for a scenario file in the system's dialog and plays it on a lab of its own; `runId` is null when the dialog was canceled. */
  'scenario.run': { input: nothing, output: z.object({ runId: idSchema.nullable() }) },
  /** `id` of a run, here and below. */
  'scenario.runAgain': { input: byId, output: z.object({ runId: idSchema }) },
  'scenario.cancelRun': { input: byId, output: nothing },
  /** Asks for a file name in the system's dialog; `path` is null when it was canceled. */
  'scenario.saveResult': { input: z.object({ id: idSchema, format: z.enum(['json', 'junit']) }), output: z.object({ path: z.string().nullable() }) },
} as const;

export type ProcedureName = keyof typeof procedures;
export type ProcedureInput<P extends ProcedureName> = z.input<(typeof procedures)[P]['input']>;
export type ProcedureParsedInput<P extends ProcedureName> = z.output<(typeof procedures)[P]['input']>;
export type ProcedureOutput<P extends ProcedureName> = z.output<(typeof procedures)[P]['output']>;

/** Fast-moving state, sent at most ten times a second and only while something looks at it. */
export const subscriptions = {
  'simulation.status': { input: nothing, payload: simulation.simulationStatusSchema },
  /** Compartments of a gateway in short, one page. */
  'gateway.overview': { input: live.gatewayOverviewQuerySchema, payload: live.gatewayOverviewSchema },
  /** Chosen compartments with their tables. */
  'gateway.compartments': { input: live.gatewayCompartmentsQuerySchema, payload: live.gatewayCompartmentsSchema },
  'gateway.capacity': { input: byId, payload: live.gatewayCapacitySchema },
  'nat.sessions': { input: live.natSessionsQuerySchema, payload: live.natSessionsSchema },
  'vpn.status': { input: byId, payload: vpn.vpnStatusSchema },
  /** Of the file that is being read to be imported; null when none is. */
  'lab.importProgress': { input: nothing, payload: snapshots.importProgressSchema.nullable() },
  /** `id` of an export. */
  'job.exportState': { input: byId, payload: exportStateSchema },
  /** `id` of a run of a scenario. */
  'scenario.runState': { input: byId, payload: scenarioRunSchema },
  'probe.ping': { input: z.object({ pingId: idSchema }), payload: simulation.pingStateSchema },
  'probe.mtuCheck': { input: z.object({ checkId: idSchema }), payload: mtu.mtuCheckStateSchema },
  'terminal.output': { input: z.object({ terminalId: idSchema }), payload: terminal.terminalOutputSchema },
} as const;

export type SubscriptionName = keyof typeof subscriptions;
export type SubscriptionInput<S extends SubscriptionName> = z.input<(typeof subscriptions)[S]['input']>;
export type SubscriptionParsedInput<S extends SubscriptionName> = z.output<(typeof subscriptions)[S]['input']>;
export type SubscriptionPayload<S extends SubscriptionName> = z.output<(typeof subscriptions)[S]['payload']>;

/** First segments of the procedures whose answers may have changed. */
export const invalidationDomains = [
  'app',
  'inventory',
  'vmNetwork',
  'virtualMachine',
  'host',
  'logicalNetwork',
  'fabricObject',
  'networkService',
  'runAsAccount',
  'libraryImage',
  'vmTemplate',
  'serviceTemplate',
  'job',
  'snapshot',
  'snapshotDifference',
  'gateway',
  'guide',
  'fault',
] as const;
export type InvalidationDomain = (typeof invalidationDomains)[number];
