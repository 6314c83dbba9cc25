/** 1,000 VM networks with NAT, each made by one job in an open lab: operations, steps, audit, projection and simulation together. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lab } from '../main/lab/lab.ts';
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
    const lab = await Lab.open({ databasePath: join(folder, 'large.sqlite'), labsFolder: folder, owner: 'bench', initialLab: { lab: 'large', gateway: 'connected' } });
    try {
      return await figures(lab);
    } finally {
      lab.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function figures(lab: Lab): Promise<BenchFigure[]> {
  const times: number[] = [];
  for (let tenant = 1; tenant <= tenants; tenant += 1) times.push(await timed(() => make(lab, tenant)));
  const { compartments } = lab.gatewayState(gatewayName(tenants / tenantsOfGateway));
  if (compartments.length !== tenantsOfGateway + 1) throw new Error(`The last gateway has ${compartments.length} compartments.`);
  const change = await timed(() => addRule(lab, tenants));
  return [
    { name: '1,000 VM networks with NAT as jobs', value: round(sum(times) / 1000), unit: 's', note: '1,000 jobs one after the other, each checked, scripted, audited and verified in the simulation, file database' },
    { name: 'a VM network with NAT, the first 100', value: round(sum(times.slice(0, sample)) / sample), unit: 'ms', note: 'mean of a job' },
    { name: 'a VM network with NAT, the last 100', value: round(sum(times.slice(-sample)) / sample), unit: 'ms', note: 'mean of a job' },
    { name: 'one more job with 1,000 VM networks', value: round(change), unit: 'ms', note: 'a NAT rule, until the simulation has followed' },
  ];
}

/** In milliseconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const gatewayOf = (tenant: number): string => gatewayName(Math.ceil(tenant / tenantsOfGateway));

async function make(lab: Lab, tenant: number): Promise<void> {
  const name = tenantName(tenant);
  await complete(lab, 'vmNetwork.create', {
    name,
    logicalNetwork: 'Provider',
    isolation: 'WindowsNetworkVirtualization',
    subnets: [{ name: `${name}_Subnet`, subnet: '10.30.1.0/24' }],
    directConnection: { routing: 'NAT', gatewayDevice: gatewayOf(tenant) },
  });
}

async function addRule(lab: Lab, tenant: number): Promise<void> {
  const rules = [{ name: 'Web', incomingPort: 80, destinationAddress: '10.30.1.4', destinationPort: 80 }];
  await complete(lab, 'vmNetwork.setConnectivity', { vmNetwork: tenantName(tenant), directConnection: { routing: 'NAT', gatewayDevice: gatewayOf(tenant), rules } });
  lab.gatewayState(gatewayOf(tenant));
}

async function complete(lab: Lab, operationId: string, input: unknown): Promise<void> {
  const jobId = lab.operations.start(operationId, input);
  const status = await lab.jobs.waitFor(jobId);
  if (status !== 'Completed') throw new Error(`${operationId} ended ${status}: ${lab.lists.jobs.get(jobId).error?.message ?? ''}`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
