/** A lab in which mistakes are made: runs operations, and can tell whether anything at all has changed. */
import { expect } from 'vitest';
import { ConsoleError, type ErrorPayload } from '../../../shared/contract/errors.ts';
import type { JobDetails } from '../../../shared/contract/jobs.ts';
import type { OperationId, OperationInput } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { project } from '../../projection/project.ts';
import type { SimulationConfig } from '../../simulation/config.ts';
import { everyTable, type TableRows } from '../../store/testing/everyTable.ts';

/** From where a mistake starts. */
export interface StartState {
  /** Lab file of resources/labs; the Contoso lab when left out. */
  readonly lab?: 'contoso' | 'contoso-bare';
  /** Contoso's Gateway01 is connected already. Left out: there is none. */
  readonly gateway?: 'connected';
  /** Texts of the Contoso lab that are written otherwise. */
  readonly replacements?: readonly (readonly [search: string, replacement: string])[];
  /** What was done before, without a mistake. */
  readonly before?: readonly Command[];
}

/** One operation with its input; built by `command`, so that a misspelt value of a test does not compile. */
export interface Command {
  readonly id: OperationId;
  readonly input: unknown;
}

export function command<I extends OperationId>(id: I, input: OperationInput<I>): Command {
  return { id, input };
}

export class Bench {
  readonly test = new TestLab();

  static async open({ lab = 'contoso', gateway, replacements = [], before = [] }: StartState): Promise<Bench> {
    const bench = new Bench();
    const labsFolder = replacements.length === 0 ? {} : { labsFolder: bench.test.changedLabs(...replacements) };
    await bench.test.open({ initialLab: { lab, gateway: gateway ?? 'absent' }, ...labsFolder });
    for (const step of before) await bench.done(step);
    return bench;
  }

  /** Runs a job to its end, whichever that is. */
  async run({ id, input }: Command): Promise<JobDetails> {
    const jobId = this.test.lab.operations.start(id, input);
    await this.test.lab.jobs.waitFor(jobId);
    return this.test.lab.lists.jobs.get(jobId);
  }

  /** For what must succeed. */
  async done(step: Command): Promise<JobDetails> {
    const job = await this.run(step);
    expect(job.error, step.id).toBeNull();
    return job;
  }

  async restarted(jobId: string): Promise<JobDetails> {
    this.test.lab.jobs.restart(jobId);
    await this.test.lab.jobs.waitFor(jobId);
    return this.test.lab.lists.jobs.get(jobId);
  }

  /** The error with which an operation is refused before there is a job. */
  refusal({ id, input }: Command): ErrorPayload {
    try {
      this.test.lab.operations.start(id, input);
    } catch (error) {
      if (error instanceof ConsoleError) return error.toPayload();
      throw error;
    }
    throw new Error(`${id} was not refused`);
  }

  /** All rows of the inventory, and what the simulation is told. Without keys: nobody needs them to compare. */
  everything(): { readonly tables: TableRows; readonly simulation: SimulationConfig } {
    return { tables: everyTable(this.test.databasePath), simulation: project(this.test.lab.snapshot(), () => null) };
  }

  /** What the lab's own simulation has grown: compartments with what is configured in them. */
  gateways(): unknown {
    return this.test.lab.snapshot().networkServices.map(({ id }) =>
      this.test.lab.gatewayState(id).compartments.map(({ id: number, guid, interfaces, routes, nat, tunnels }) => ({ number, guid, interfaces: interfaces.map(({ name, address, mac }) => ({ name, address, mac })), routes, nat: nat?.name, tunnels: tunnels.map(({ name }) => name) })),
    );
  }

  jobCount(): number {
    return this.test.lab.lists.jobs.list({ offset: 0, limit: 1, filter: '', scope: 'all' }).total;
  }

  dispose(): void {
    this.test.dispose();
  }
}
