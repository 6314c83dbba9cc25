/** 1,000 VM networks with NAT, created by a scenario, each by a job of its own: operations, steps, log, projection and simulation together. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScenario } from '../main/scenario/run.ts';
import { gatewayName, manyTenantsLab, tenantName } from '../scripts/labs/manyTenants.ts';
import type { BenchFigure } from './figure.ts';

const tenants = 1000;
/** What one gateway may serve. */
const tenantsOfGateway = 100;
/** So many jobs at the beginning and at the end are looked at by themselves: what a job costs must not grow with what is there. */
const sample = 100;

export async function run(): Promise<BenchFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hnv-bench-'));
  try {
    writeFileSync(join(folder, 'large.yaml'), manyTenantsLab({ name: 'large', description: 'For the bench', seed: 1, tenants, offices: 0, gateways: tenants / tenantsOfGateway, hasNetworks: false }));
    writeFileSync(join(folder, 'scenario.yaml'), scenario());
    const ofRun = await stepTimes(folder, undefined);
    const kept = await stepTimes(folder, join(folder, 'kept.sqlite'));
    return [
      { name: '1,000 VM networks with NAT, created by a scenario', value: seconds(sum(ofRun.creations)), unit: 's', note: '1,000 jobs one after the other, each checked, scripted, logged and verified in the simulation', budget: 5, atMost: true },
      { name: 'a VM network with NAT, the first 100', value: round(sum(ofRun.creations.slice(0, sample)) / sample), unit: 'ms', note: 'mean of a job' },
      { name: 'a VM network with NAT, the last 100', value: round(sum(ofRun.creations.slice(-sample)) / sample), unit: 'ms', note: 'mean of a job' },
      { name: 'one more job with 1,000 VM networks', value: round(ofRun.change), unit: 'ms', note: 'a NAT rule, until it is verified in the simulation' },
      { name: '1,000 VM networks with NAT, in a database that stays', value: seconds(sum(kept.creations)), unit: 's', note: 'the same scenario on a given database: every job is on the disk when it has ended' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const gatewayOf = (tenant: number): string => gatewayName(Math.ceil(tenant / tenantsOfGateway));

/** One step for each VM network, and one that gives the last of them a NAT rule. JSON is YAML. */
function scenario(): string {
  const creations = Array.from({ length: tenants }, (_, at) => {
    const name = tenantName(at + 1);
    return {
      do: 'vmNetwork.create',
      input: {
        name,
        logicalNetwork: 'Provider',
        isolation: 'WindowsNetworkVirtualization',
        subnets: [{ name: `${name}_Subnet`, subnet: '10.30.1.0/24' }],
        directConnection: { routing: 'NAT', gatewayDevice: gatewayOf(at + 1) },
      },
    };
  });
  const rules = [{ name: 'Web', incomingPort: 80, destinationAddress: '10.30.1.4', destinationPort: 80 }];
  const change = { do: 'vmNetwork.setConnectivity', input: { vmNetwork: tenantName(tenants), directConnection: { routing: 'NAT', gatewayDevice: gatewayOf(tenants), rules } } };
  return JSON.stringify({ scenario: 'For the bench', lab: { name: 'large', gateway: 'connected' }, steps: [...creations, change] });
}

/** In milliseconds. */
interface StepTimes {
  readonly creations: readonly number[];
  readonly change: number;
}

async function stepTimes(folder: string, databasePath: string | undefined): Promise<StepTimes> {
  const outputFolder = join(folder, 'out');
  const times: number[] = [];
  let began = 0;
  const passed = await runScenario({
    file: join(folder, 'scenario.yaml'),
    databasePath,
    outputFolder,
    seed: 1,
    labsFolder: folder,
    say: () => undefined,
    environment: {},
    onProgress: ({ kind }) => {
      if (kind === 'began') began = performance.now();
      if (kind === 'ended') times.push(performance.now() - began);
    },
  });
  if (!passed) throw new Error('The scenario failed.');
  const compartments = JSON.parse(readFileSync(join(outputFolder, 'compartments.json'), 'utf8')) as readonly { readonly compartments: readonly unknown[] }[];
  for (const { compartments: { length } } of compartments) if (length !== tenantsOfGateway + 1) throw new Error(`A gateway has ${length} compartments.`);
  return { creations: times.slice(0, tenants), change: times[tenants] ?? Number.NaN };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function seconds(milliseconds: number): number {
  return round(milliseconds / 1000);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
