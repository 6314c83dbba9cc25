/** The contract's handlers over the open lab: one line each, because the rooms below do the work. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ConsoleError } from '../../shared/contract/errors.ts';
import { exportFormatLabels, type ExportRequest } from '../../shared/contract/jobExport.ts';
import type { JobSignals } from '../../shared/contract/jobs.ts';
import type { ProcedureOutput } from '../../shared/contract/procedures.ts';
import type { ImportPreview } from '../../shared/contract/snapshots.ts';
import type { FinishedCapture } from '../lab/captures.ts';
import type { Lab } from '../lab/lab.ts';
import { NatLooks } from '../lab/natLooks.ts';
import type { Handlers } from './router.ts';
import type { ScenarioDesk } from './scenarioDesk.ts';
import { scenarioHandlers, type ScenarioSurroundings } from './scenarioHandlers.ts';
import type { SubscriptionReaders } from './subscriptions.ts';

/** What the handlers need of the world around the lab. */
export interface Surroundings extends ScenarioSurroundings {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly databasePath: string;
  /** False where the system only obfuscates secrets. */
  readonly areSecretsProtected: boolean;
  /** What the operator chose in a notification of the system last; null before the first. */
  jobToShow(): JobSignals['toShow'];
  /** Shows a file in the system's file manager. */
  showInFolder(path: string): void;
}

export function createHandlers(lab: Lab, surroundings: Surroundings): Handlers {
  const { lists, jobs, operations, clock } = lab;
  return {
    'app.info': () => {
      const { version, electron, chromium, databasePath, areSecretsProtected } = surroundings;
      return { version, electron, chromium, databasePath, areSecretsProtected, labName: lists.inventoryTree.read().labName };
    },
    'inventory.tree': () => lists.inventoryTree.read(),
    'vmNetwork.list': (query) => lists.vmNetworks.list(query),
    'vmNetwork.pools.list': (query) => lists.vmNetworkPools.list(query),
    'vmNetwork.get': ({ id }) => lists.vmNetworkDetails.get(id),
    'vmNetwork.connectivity': ({ id }) => lab.forms.connectivity(id),
    'logicalNetwork.connectivity': ({ id }) => lab.forms.newConnectivity(id),
    'vmNetwork.movePreview': (input) => lab.forms.movePreview(input),
    'virtualMachine.list': (query) => lists.virtualMachines.list(query),
    'virtualMachine.networkChoices': ({ filter }) => lists.networkChoices.find(filter),
    'virtualMachine.placement': (input) => lab.forms.placement(input),
    'virtualMachine.migrationTargets': ({ id }) => lab.forms.migrationTargets(id),
    'libraryImage.list': (query) => lists.libraryImages.list(query),
    'vmTemplate.list': (query) => lists.vmTemplates.list(query),
    'vmTemplate.get': ({ id }) => lists.vmTemplateDetails.get(id),
    'serviceTemplate.list': (query) => lists.serviceTemplates.list(query),
    'host.list': (query) => lists.hosts.list(query),
    'host.get': ({ id }) => lab.hosts.properties(id),
    'logicalNetwork.list': (query) => lists.logicalNetworks.list(query),
    'fabricObject.list': (query) => lists.fabricObjects.list(query),
    'logicalNetwork.get': ({ id }) => lab.logicalNetworks.properties(id),
    'logicalNetwork.pool': ({ id }) => lab.logicalNetworks.pool(id),
    'networkService.list': (query) => lists.networkServices.list(query),
    'virtualMachine.guest': ({ id }) => lab.guest(id),
    'guide.readiness': () => lab.readiness(),
    'networkService.get': ({ id }) => lab.gateways.properties(id),
    'networkService.testProvider': (input) => lab.gateways.testProvider(input),
    'runAsAccount.list': (query) => lists.runAsAccounts.list(query),
    'snapshot.list': (query) => lists.snapshots.list(query),
    'snapshotDifference.list': (query) => lab.files.differences(query),
    'lab.export': () => exportLab(lab, surroundings),
    'lab.prepareImport': () => prepareImport(surroundings, labFileKind, (path) => lab.files.prepareImport('lab', path)),
    'lab.prepareVmmImport': () => prepareImport(surroundings, vmmInventoryKind, (path) => lab.files.prepareImport('vmmInventory', path)),
    'lab.cancelImport': () => {
      lab.files.cancelImport();
      return {};
    },
    'job.list': (query) => lists.jobs.list(query),
    'job.filterChoices': () => lists.jobs.filterChoices(),
    'job.get': ({ id }) => lists.jobs.get(id),
    'job.summary': () => lists.jobs.summary(new Date()),
    'job.signals': () => ({ ...lists.jobs.signals(), toShow: surroundings.jobToShow() }),
    'job.cancel': ({ id }) => {
      jobs.cancel(id);
      return {};
    },
    'job.restart': ({ id, skipLastFailedStep }) => {
      jobs.restart(id, { skipLastFailedStep });
      return {};
    },
    'job.undo': ({ id }) => ({ jobId: lab.undo.start(id) }),
    'job.script': ({ id }) => lab.undo.scriptOf(id),
    'job.exportSize': ({ scope }) => lists.jobLog.size(scope),
    'job.export': (request) => exportJobLog(lab, request, surroundings),
    'job.cancelExport': ({ id }) => {
      lab.exports.cancel(id);
      return {};
    },
    'job.showExport': ({ id }) => {
      surroundings.showInFolder(lab.exports.writtenPath(id));
      return {};
    },
    'operation.check': ({ operationId, input }) => ({ problems: [...operations.check(operationId, input)] }),
    'operation.script': ({ operationId, input }) => {
      const { title, script } = operations.script(operationId, input);
      return { script: script.toText(title) };
    },
    'operation.start': ({ operationId, input }) => ({ jobId: operations.start(operationId, input) }),
    'gateway.state': ({ id }) => lab.gatewayState(id),
    'gateway.hints': ({ id }) => lab.live.hints(id),
    'gateway.failOver': ({ id }) => {
      lab.failOver(id);
      return {};
    },
    'gateway.clusters': () => lab.forms.clusters(),
    'vpn.status': ({ id }) => lab.vpn.status(id),
    'vpn.dial': (input) => lab.vpn.dial(input),
    'simulation.status': () => clock.status(),
    'simulation.setSpeed': ({ speed }) => clock.setSpeed(speed),
    'simulation.step': () => clock.step(),
    'fault.inForce': () => ({ faults: lab.faults.rows() }),
    'fault.choices': (query) => lab.faults.choices(query),
    'fault.inject': (input) => {
      lab.faults.inject(input);
      return { faults: lab.faults.rows() };
    },
    'fault.takeBack': ({ ids }) => {
      lab.faults.takeBack(ids);
      return { faults: lab.faults.rows() };
    },
    'probe.startPing': (input) => ({ pingId: lab.probes.startPing(input) }),
    'probe.stopPing': ({ pingId }) => {
      lab.probes.stopPing(pingId);
      return {};
    },
    'probe.startMtuCheck': (input) => ({ checkId: lab.probes.startMtuCheck(input) }),
    'probe.cancelMtuCheck': ({ checkId }) => {
      lab.probes.cancelMtuCheck(checkId);
      return {};
    },
    'terminal.open': (target) => lab.terminals.open(target),
    'terminal.run': ({ terminalId, line }) => {
      lab.terminals.run(terminalId, line);
      return lab.terminals.output(terminalId);
    },
    'terminal.interrupt': ({ terminalId }) => {
      lab.terminals.interrupt(terminalId);
      return lab.terminals.output(terminalId);
    },
    'terminal.close': ({ terminalId }) => {
      lab.terminals.close(terminalId);
      return {};
    },
    'capture.start': () => ({ captureId: lab.captures.start() }),
    'capture.save': ({ captureId }) => saveCapture(lab, captureId, surroundings),
    ...scenarioHandlers(surroundings),
    'capture.discard': ({ captureId }) => {
      lab.captures.discard(captureId);
      return {};
    },
  };
}

export function createReaders(lab: Lab, scenarios: ScenarioDesk): SubscriptionReaders {
  const natLooks = new NatLooks(lab.live);
  return {
    'simulation.status': () => lab.clock.status(),
    'gateway.overview': (query) => lab.live.overview(query),
    'gateway.compartments': (query) => lab.live.compartments(query),
    'gateway.capacity': ({ id }) => lab.live.capacity(id),
    'nat.sessions': (query) => natLooks.read(query),
    'vpn.status': ({ id }) => lab.vpn.status(id),
    'lab.importProgress': () => lab.files.importProgress(),
    'job.exportState': ({ id }) => lab.exports.state(id),
    'scenario.runState': ({ id }) => scenarios.runState(id),
    'probe.ping': ({ pingId }) => lab.probes.pingState(pingId),
    'probe.mtuCheck': ({ checkId }) => lab.probes.mtuCheckState(checkId),
    'terminal.output': ({ terminalId }) => lab.terminals.output(terminalId),
  };
}

/** Asks first: a canceled dialog leaves the recording running, so nothing recorded is lost. */
async function saveCapture(lab: Lab, captureId: string, surroundings: Surroundings): Promise<ProcedureOutput<'capture.save'>> {
  const path = await surroundings.askSavePath('hnv-gateway.pcapng', { name: 'Packet capture', extensions: ['pcapng'] });
  if (path === null) return { path: null, packets: 0, bytes: 0 };
  const finished = lab.captures.finish(captureId);
  return { path, packets: finished.packets, bytes: await writeWhole(path, finished) };
}

async function exportJobLog(lab: Lab, request: ExportRequest, surroundings: Surroundings): Promise<ProcedureOutput<'job.export'>> {
  const { name, extension } = exportFormatLabels[request.format];
  const path = await surroundings.askSavePath(`job-log.${extension}`, { name: `Job log (${name})`, extensions: [extension] });
  return { exportId: path === null ? null : lab.exports.start(request, path) };
}

const labFileKind = { name: 'Lab', extensions: ['yaml', 'yml'] };
const vmmInventoryKind = { name: 'VMM inventory', extensions: ['json'] };

async function exportLab(lab: Lab, surroundings: Surroundings): Promise<ProcedureOutput<'lab.export'>> {
  const name = lab.lists.inventoryTree.read().labName.replaceAll(/[^\w.-]+/g, '-') || 'lab';
  const path = await surroundings.askSavePath(`${name}.yaml`, labFileKind);
  return path === null ? { path, bytes: 0 } : { path, bytes: lab.files.exportLab(path).bytes };
}

async function prepareImport(surroundings: Surroundings, kind: typeof labFileKind, prepare: (path: string) => Promise<ImportPreview | null>): Promise<ImportPreview> {
  const path = await surroundings.askOpenPath(kind);
  const preview = path === null ? null : await prepare(path);
  return preview ?? { preparation: null, path: '', labName: '', counts: [], current: { labName: '', counts: [] }, notUnderstood: null, madeAnew: [] };
}

/** Written beside its place and moved there, so that a full disk leaves no half file under the name. */
async function writeWhole(path: string, capture: FinishedCapture): Promise<number> {
  const draft = `${path}.part`;
  let bytes = 0;
  const counted = function* (): Generator<Uint8Array> {
    for (const block of capture.blocks) {
      bytes += block.length;
      yield block;
    }
  };
  try {
    await pipeline(Readable.from(counted(), { objectMode: false }), createWriteStream(draft));
    await rename(draft, path);
    return bytes;
  } catch (error) {
    await rm(draft, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConsoleError('fileNotWritten', `The capture could not be written to ${path}: ${reason}`, 'Choose a folder in which you may write and that has room.');
  }
}
