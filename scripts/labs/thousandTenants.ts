/**
 * The lab of ten gateways that wait for 1,000 tenants, and the scenario that makes these by 1,000 jobs. The scenario is as long as it is dull,
 * so it is not kept: `node scripts/labs.ts FOLDER` writes it.
 */
import { gatewayName, manyTenantsLab, tenantName } from './manyTenants.ts';

const tenants = 1000;
/** What one gateway may serve. */
const tenantsOfGateway = 100;

export function thousandTenantsLab(): string {
  return manyTenantsLab({ name: 'thousand-tenants', description: 'Ten gateways that wait for 1,000 tenants', seed: 1000, tenants, offices: 0, gateways: tenants / tenantsOfGateway, hasNetworks: false });
}

export function thousandTenantsScenario(): string {
  const all = Array.from({ length: tenants }, (_, at) => at + 1);
  return [
    '# 1,000 VM networks with NAT, 100 on each of ten gateways, each made by one job. Written by scripts/labs.ts.',
    'scenario: 1,000 VM networks with NAT',
    'lab: thousand-tenants',
    'steps:',
    ...all.map((tenant) => `  - { do: vmNetwork.create, input: { name: ${tenantName(tenant)}, logicalNetwork: Provider, subnets: [{ name: ${tenantName(tenant)}_Subnet, subnet: 10.30.1.0/24 }], directConnection: { routing: NAT, gatewayDevice: ${gatewayName(Math.ceil(tenant / tenantsOfGateway))} } } }`),
    '  - name: no gateway has room for one more',
    '    do: vmNetwork.create',
    `    input: { name: One too many, logicalNetwork: Provider, subnets: [{ name: One too many, subnet: 10.30.1.0/24 }], directConnection: { routing: NAT, gatewayDevice: ${gatewayName(tenants / tenantsOfGateway)} } }`,
    '    expect: { problem: HNV-2007 }',
    '',
  ].join('\n');
}
