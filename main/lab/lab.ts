/** The open lab: store, jobs, operations, projection and simulation as one. The window and the scenario runner use the same. */
import { randomUUID } from 'node:crypto';
import type { InvalidationDomain } from '../../shared/contract/procedures.ts';
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { Guest } from '../../shared/contract/guest.ts';
import { openLabInputSchema, type OperationInput } from '../../shared/contract/operations.ts';
import type { Readiness } from '../../shared/contract/readiness.ts';
import { mostLiveRows } from '../../shared/contract/liveGateway.ts';
import type { GatewayState } from '../../shared/contract/simulation.ts';
import { Exports } from '../export/exports.ts';
import { logId } from '../jobs/logId.ts';
import { JobRunner } from '../jobs/runner.ts';
import { HostQueries } from '../operations/host/hostQueries.ts';
import { NetworkQueries } from '../operations/logicalNetwork/networkQueries.ts';
import { readLabFile } from '../operations/lab/labFile.ts';
import { GatewayQueries } from '../operations/networkService/gatewayQueries.ts';
import type { LiveGateways } from '../operations/operation.ts';
import { readinessOf } from '../operations/readiness/readiness.ts';
import type { SecretStore } from '../operations/secrets.ts';
import { Operations } from '../operations/operations.ts';
import { JobUndo } from '../operations/undo/jobUndo.ts';
import { Projector } from '../projection/project.ts';
import type { SimulationConfig } from '../simulation/config.ts';
import { Simulation } from '../simulation/engine.ts';
import type { InventorySnapshot } from '../store/inventory/snapshot.ts';
import type { Lists } from '../store/lists/lists.ts';
import { openStore, type Store } from '../store/store.ts';
import { Captures } from './captures.ts';
import { Faults } from './faults/faults.ts';
import { FormQuestions } from './formQuestions.ts';
import { ClockDriver, type ClockTiming } from './clockDriver.ts';
import { gatewayView } from './gatewayView.ts';
import { LabFiles } from './labFiles.ts';
import { LocalSecretStore } from './localSecretStore.ts';
import { liveGateways } from './liveGateways.ts';
import { LiveViews } from './liveViews.ts';
import { Probes } from './probes.ts';
import { Terminals } from './terminal/terminals.ts';
import { VpnConnections } from './vpnConnections.ts';

export interface LabOptions {
  /** File name, or ':memory:'. */
  readonly databasePath: string;
  /** The file goes away with the lab, so that it need not outlive a power cut. */
  readonly isTemporary?: boolean | undefined;
  readonly nativeBinding?: string | undefined;
  /** Folder of the lab files. */
  readonly labsFolder: string;
  /** Left out, secrets are sealed for this process only. */
  readonly secrets?: SecretStore | undefined;
  /** File of the thread that exports; left out, nothing is exported. */
  readonly exportWorkerFile?: string | undefined;
  /** File of the thread that reads files to be imported; left out, they are read where they are asked for. */
  readonly importWorkerFile?: string | undefined;
  /** Who starts the jobs. */
  readonly owner: string;
  /** What an empty database is filled with; left out, it stays empty. */
  readonly initialLab?: { readonly lab: string; readonly gateway: 'connected' | 'absent' } | undefined;
  /** Waits a moment before each step of a job; left out, jobs run as fast as they can. */
  readonly pace?: (() => Promise<void>) | undefined;
  readonly clock?: (() => Date) | undefined;
  readonly newId?: (() => string) | undefined;
  /** Ids of jobs and steps; left out, they begin with the time. */
  readonly newLogId?: (() => string) | undefined;
  /** Seed of the simulation for a lab that is opened now, instead of the one in its file. */
  readonly seed?: number | undefined;
  readonly reportFault?: ((error: unknown, where: string) => void) | undefined;
}

/** What the inventory began with. */
export interface LabOrigin extends OperationInput<'lab.open'> {
  readonly jobsSince: number;
}

type Listener = (domains: readonly InvalidationDomain[]) => void;

export class Lab {
  readonly operations: Operations;
  readonly jobs: JobRunner;
  /** Scripts of jobs, and jobs that undo jobs. */
  readonly undo: JobUndo;
  readonly gateways: GatewayQueries;
  readonly hosts: HostQueries;
  readonly logicalNetworks: NetworkQueries;
  readonly forms: FormQuestions;
  readonly vpn: VpnConnections;
  readonly probes: Probes;
  readonly live: LiveViews;
  readonly terminals: Terminals;
  readonly captures: Captures;
  /** They lie over the simulation; the inventory knows nothing of them. */
  readonly faults: Faults;
  readonly exports: Exports;
  readonly files: LabFiles;
  readonly clock: ClockDriver;
  readonly #store: Store;
  readonly #live: LiveGateways;
  readonly #secrets: SecretStore;
  readonly #listeners: Listener[] = [];
  readonly #projector = new Projector();
  /** The simulation and what it was told; made when somebody first asks for it, so that a large lab shows its lists before. */
  #running: { simulation: Simulation; seed: number } | undefined;
  /** The inventory has changed since the simulation was told. */
  #isBehind = false;

  /**
   * Throws ConsoleError databaseNewer, databaseCorrupt, databaseForeign or databaseUnavailable (nothing of the file is
   * changed then), or labFileInvalid when an empty database cannot be filled.
   */
  static async open(options: LabOptions): Promise<Lab> {
    const { databasePath, isTemporary, nativeBinding, clock } = options;
    const store = openStore({ path: databasePath, isTemporary, nativeBinding, now: clock });
    try {
      const lab = new Lab(store, options);
      await lab.#begin(options);
      return lab;
    } catch (error) {
      store.close();
      throw error;
    }
  }

  private constructor(store: Store, options: LabOptions) {
    const report = options.reportFault ?? (() => undefined);
    const clock = options.clock ?? (() => new Date());
    const simulation = () => this.#simulation;
    const { inventory } = store;
    this.#store = store;
    this.#secrets = options.secrets ?? new LocalSecretStore();
    this.#live = liveGateways(simulation);
    this.live = new LiveViews(inventory, store.lists, simulation);
    this.forms = new FormQuestions(inventory, store.lists, this.#live);
    this.vpn = new VpnConnections({ inventory, simulation, now: () => this.now });
    this.probes = new Probes(inventory, simulation);
    this.terminals = new Terminals({ inventory, simulation });
    this.gateways = new GatewayQueries(inventory);
    this.hosts = new HostQueries(inventory);
    this.logicalNetworks = new NetworkQueries(inventory);
    this.captures = new Captures(simulation, clock());
    this.faults = new Faults({ simulation, running: () => this.#running?.simulation, snapshot: () => inventory.snapshot(), changed: () => this.#emit(['fault']) });
    this.exports = new Exports({
      databasePath: store.path,
      nativeBinding: options.nativeBinding,
      workerFile: options.exportWorkerFile,
      clock,
      settle: () => { store.jobs.settle(); },
      reportFault: report,
    });
    this.files = new LabFiles(store, { nativeBinding: options.nativeBinding, workerFile: options.importWorkerFile, now: clock, newId: options.newId ?? randomUUID, reportFault: report });
    this.clock = new ClockDriver(simulation, (error) => report(error, 'simulation'));
    this.operations = new Operations(
      {
        inventory,
        gateways: this.#live,
        readiness: () => this.readiness(),
        readLab: (name) => readLabFile(options.labsFolder, name),
        snapshots: store.snapshots,
        openSnapshot: (id) => this.files.openSnapshot(id),
        readImport: (preparation) => this.files.readImport(preparation),
        seed: options.seed,
      },
      this.#secrets,
      (operationId, input, plan) => this.jobs.start(operationId, input, plan),
    );
    this.undo = new JobUndo(this.operations, store.jobScripts);
    this.jobs = new JobRunner({
      repository: store.jobs,
      inventory,
      planner: (operationId, input) => this.operations.plan(operationId, input),
      owner: options.owner,
      clock,
      newId: options.newId ?? randomUUID,
      newLogId: options.newLogId ?? (() => logId(clock())),
      onChange: (domains) => this.#emit(domains),
      afterStep: () => this.#follow(),
      onFault: (error) => report(error, 'job'),
      beforeSteps: (jobId, plan) => {
        try {
          this.undo.remember(jobId, plan);
        } catch (error) {
          // A script that cannot be written is a fault to report, but no reason to refuse the work.
          report(error, 'job script');
        }
      },
    });
  }

  get #simulation(): Simulation {
    if (this.#isBehind || this.#running === undefined) this.#running = this.#caughtUp();
    this.#isBehind = false;
    return this.#running.simulation;
  }

  get lists(): Lists {
    return this.#store.lists;
  }

  /** Whether the database holds neither a lab nor anything else. */
  get isEmpty(): boolean {
    return this.#store.inventory.lab.inventoryIsEmpty;
  }

  /** The whole inventory as plain rows. */
  snapshot(): InventorySnapshot {
    return this.#store.inventory.snapshot();
  }

  /** Calls back whenever answers of these domains may have changed; often, so gather before asking anew. */
  onInvalidate(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Live state of a gateway device, by id or name. Throws ConsoleError objectNotFound. */
  gatewayState(networkService: string): GatewayState {
    const identity = this.live.identity(networkService);
    return gatewayView(identity, this.#simulation.gatewayState(identity.networkServiceId, { sessions: mostLiveRows }), this.#simulation.now, mostLiveRows);
  }

  /** Moves the role of a clustered gateway to its other node. Throws ConsoleError objectNotFound, or gatewayNotClustered. */
  failOver(networkService: string): void {
    const { id, name } = this.#store.inventory.networkServices.networkService(networkService);
    if (this.#simulation.failOver(id)) return;
    throw new ConsoleError('gatewayNotClustered', `${name} has no other node that could take over now.`, 'A gateway pair needs a guest cluster in its connection string, both of its machines running, and no fail-over under way.');
  }

  /** The inside of a virtual machine. Throws ConsoleError objectNotFound. */
  guest(id: string): Guest {
    const { service, ...facts } = this.lists.guests.get(id);
    if (service === null) return { ...facts, gateway: null };
    const { multitenant, statusText } = this.gatewayState(service.id);
    return { ...facts, gateway: { networkServiceId: service.id, name: service.name, isMultitenant: multitenant, statusText } };
  }

  /** Name of an object by its id; undefined where there is none, or where another one of its kind has the same name. */
  nameOf(id: string): string | undefined {
    return this.#store.inventory.names.nameOf(id);
  }

  /** With which lab the inventory began, and how many jobs there were since; null when it began empty. */
  origin(): LabOrigin | null {
    const { jobs } = this.lists;
    const total = jobs.list({ offset: 0, limit: 1, filter: '', scope: 'all' }).unfilteredTotal;
    const [oldest] = jobs.list({ offset: Math.max(total - 1, 0), limit: 1, filter: '', scope: 'all' }).rows;
    const job = oldest && this.#store.jobs.find(oldest.id);
    if (job?.operationId !== 'lab.open') return null;
    return { ...openLabInputSchema.parse(job.input), jobsSince: total - 1 };
  }

  /** Names of the places where frames can be recorded. */
  tapNames(): readonly string[] {
    return this.#simulation.tapNames();
  }

  /** How far the gateway has been built, for the guide. */
  readiness(): Readiness {
    return readinessOf(this.lists.readiness, this.#live);
  }

  /** Virtual nanoseconds since the lab was opened in this process. */
  get now(): number {
    return this.#running?.simulation.now ?? 0;
  }

  /** For a lab without clock: runs everything that happens in the next `nanoseconds`. */
  advance(nanoseconds: number): void {
    this.#simulation.advance(nanoseconds);
  }

  /** From now on virtual time goes on with the wall clock, at the chosen speed. */
  startClock(timing: ClockTiming): void {
    this.clock.start(timing);
  }

  /** Jobs that run stand as interrupted and can be restarted. Does nothing the second time. */
  close(): void {
    this.clock.stop();
    this.exports.close();
    this.files.close();
    this.jobs.stop();
    this.#store.close();
  }

  async #begin(options: LabOptions): Promise<void> {
    this.jobs.recover();
    if (options.initialLab && this.isEmpty) {
      await this.jobs.waitFor(this.operations.start('lab.open', options.initialLab));
    }
    // What the triggers do not see must be committed.
    this.#store.jobs.settle();
    this.#store.inventory.followChanges();
    // The first lab is there at once; jobs that somebody watches take their time.
    if (options.pace) this.jobs.setPace(options.pace);
  }

  /** Pre-shared keys are opened here, for the simulation and for nobody else. */
  #project(): SimulationConfig {
    const { inventory } = this.#store;
    return this.#projector.project(inventory.snapshot(), (accountId) => {
      const sealed = inventory.runAsAccounts.sealedSecret(accountId);
      return sealed === null ? null : (this.#secrets.open(sealed) ?? null);
    });
  }

  /**
   * The simulation is the inventory's shadow, and nobody sees a shadow while nobody looks: a step only notes that there is something
   * to follow, and whoever looks next, the clock included, gets a simulation that has followed. So a burst of steps costs one projection.
   */
  #follow(): void {
    this.#isBehind = true;
    // Another seed means another lab, which begins at instant 0 at once: jobs take their time from there.
    if (this.#running !== undefined && (this.#store.inventory.lab.get()?.seed ?? 0) !== this.#running.seed) void this.#simulation;
  }

  #caughtUp(): { simulation: Simulation; seed: number } {
    const config = this.#project();
    if (config.seed !== this.#running?.seed) return { simulation: new Simulation(config), seed: config.seed };
    this.#running.simulation.apply(config);
    return this.#running;
  }

  #emit(domains: readonly InvalidationDomain[]): void {
    for (const listener of this.#listeners) listener(domains);
  }
}
