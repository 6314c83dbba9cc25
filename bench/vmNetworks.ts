/** 1,000 VM networks with NAT, made as jobs in an open lab: operations, steps, audit, projection and simulation together. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lab } from '../main/lab/lab.ts';
import { gatewayName, manyTenantsLab, tenantName } from '../scripts/labs/manyTenants.ts';
import type { BenchFigure } from './figure.ts';

const tenants = 1000;
/** What one gateway may serve. */
const tenantsOfGateway = 100;

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
  const began = performance.now();
  for (let tenant = 1; tenant <= tenants; tenant += 1) await make(lab, tenant);
  const seconds = (performance.now() - began) / 1000;
  const { compartments } = lab.gatewayState(gatewayName(tenants / tenantsOfGateway));
  if (compartments.length !== tenantsOfGateway + 1) throw new Error(`The last gateway has ${compartments.length} compartments.`);
  const looks = performance.now();
  await make(lab, tenants, { routing: 'NAT', gatewayDevice: gatewayName(tenants / tenantsOfGateway), rules: [{ name: 'Web', incomingPort: 80, destinationAddress: '10.30.1.4', destinationPort: 80 }] });
  lab.gatewayState(gatewayName(1));
  const change = performance.now() - looks;
  return [
    { name: '1,000 VM networks with NAT as jobs', value: round(seconds), unit: 's', note: '2,000 jobs one after the other, file database, simulation running', budget: 5, atMost: true },
    { name: 'one more job with 1,000 VM networks', value: round(change), unit: 'ms', note: 'until the simulation has followed' },
  ];
}

/** A VM network with NAT; or, for one that is there, another `directConnection`. */
async function make(lab: Lab, tenant: number, directConnection?: object): Promise<void> {
  const name = tenantName(tenant);
  if (directConnection === undefined) {
    await complete(lab, 'vmNetwork.create', { name, logicalNetwork: 'Provider', isolation: 'WindowsNetworkVirtualization', subnets: [{ name: `${name}_Subnet`, subnet: '10.30.1.0/24' }] });
  }
  const nat = { routing: 'NAT', gatewayDevice: gatewayName(Math.ceil(tenant / tenantsOfGateway)) };
  await complete(lab, 'vmNetwork.setConnectivity', { vmNetwork: name, directConnection: directConnection ?? nat });
}

async function complete(lab: Lab, operationId: string, input: unknown): Promise<void> {
  const jobId = lab.operations.start(operationId, input);
  const status = await lab.jobs.waitFor(jobId);
  if (status !== 'Completed') throw new Error(`${operationId} ended ${status}: ${lab.lists.jobs.get(jobId).error?.message ?? ''}`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
