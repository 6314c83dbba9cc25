/** A lab in a temporary folder, for tests: real SQLite, the sample lab, no window. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JobStatus } from '../../../shared/contract/jobs.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { sourceWorkerFile } from '../../export/testing/workerFile.ts';
import { Lab, type LabOptions } from '../lab.ts';

const sampleLabs = path.resolve(import.meta.dirname, '../../../resources/labs');

export class TestLab {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'hnv-lab-'));
  #lab: Lab | undefined;

  get databasePath(): string {
    return path.join(this.folder, 'lab.sqlite');
  }

  get lab(): Lab {
    if (this.#lab === undefined) throw new Error('The lab is not open.');
    return this.#lab;
  }

  /** Opens the database; an empty one is filled with the sample lab unless `options` says otherwise. */
  async open(options: Partial<LabOptions> = {}): Promise<Lab> {
    this.#lab = await Lab.open({ databasePath: this.databasePath, labsFolder: sampleLabs, exportWorkerFile: sourceWorkerFile, owner: 'tester', initialLab: { lab: 'contoso', gateway: 'connected' }, ...options });
    return this.#lab;
  }

  close(): void {
    this.#lab?.close();
    this.#lab = undefined;
  }

  dispose(): void {
    this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A folder with the sample lab in which one text is written as another. */
  changedLabs(...replacements: readonly (readonly [search: string, replacement: string])[]): string {
    let text = readFileSync(path.join(sampleLabs, 'contoso.yaml'), 'utf8');
    for (const [search, replacement] of replacements) {
      if (!text.includes(search)) throw new Error(`The sample lab has no "${search}".`);
      text = text.replace(search, replacement);
    }
    writeFileSync(path.join(this.folder, 'contoso.yaml'), text);
    return this.folder;
  }

  async setConnectivity(input: OperationInput<'vmNetwork.setConnectivity'>): Promise<JobStatus> {
    return this.lab.jobs.waitFor(this.lab.operations.start('vmNetwork.setConnectivity', input));
  }

  /** NAT through Gateway01; the address left out, VMM chooses. */
  nat(vmNetwork: string, ipAddress?: string): Promise<JobStatus> {
    return this.setConnectivity({ vmNetwork, directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...(ipAddress === undefined ? {} : { ipAddress }) } });
  }

  externalAddress(vmNetwork: string): string | null {
    return this.lab.lists.vmNetworks.list({ offset: 0, limit: 10, filter: vmNetwork }).rows[0]?.externalAddress ?? null;
  }

  /** Replies of one echo request from the machine to the Internet host. */
  repliesTo(virtualMachine: string): number {
    const id = this.lab.probes.startPing({ virtualMachine, destination: '192.0.2.80', count: 1 });
    this.lab.advance(6e9);
    return this.lab.probes.pingState(id).received;
  }
}
