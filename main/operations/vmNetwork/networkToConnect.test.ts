/** What is asked of a VM network before it is made gets the answers that it gets afterwards. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Bench, command } from '../testing/bench.ts';
import { addDevice, connectDevice, gatewayMachine } from '../testing/tenants.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await Bench.open({
    gateway: 'connected',
    before: [
      ...gatewayMachine('GatewayVM02', 'HyperVGW02.contoso.lab'),
      command('virtualMachine.connectAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: 'Backend', virtualSwitch: 'HNV_Switch' }),
      command('runAsAccount.create', { name: 'Admin02', userName: 'GatewayVM02\\Administrator', secret: 'long enough' }),
      addDevice('Forwarding', 'VMHost=HyperVGW02.contoso.lab;GatewayVM=GatewayVM02;BackendSwitch=HNV_Switch;DirectRoutingMode=True;FrontEndServerAddress=203.0.113.11', 'Admin02'),
      ...connectDevice('Forwarding'),
      command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress: '203.0.113.20' } }),
    ],
  });
});
afterAll(() => { bench.test.dispose(); });

const names = ['Web', 'data', 'Data 2', 'Zoë', 'ﬁ', '🙂'];
const prefixes = ['10.30.1.0/24', '10.30.2.0/24', '10.254.254.0/29', '203.0.113.0/24', '172.31.254.0/23', '198.51.100.0/24'];
/** Different names and different subnets, in any order. */
const subnets = fc.tuple(fc.shuffledSubarray(names, { minLength: 1, maxLength: 4 }), fc.shuffledSubarray(prefixes, { minLength: 4 })).map(([some, others]) => some.map((name, at) => ({ name, subnet: others[at] ?? '10.99.0.0/24' })));

const device = fc.constantFrom('Gateway01', 'Gateway01', 'Forwarding', 'nobody');
const rule = fc.record({ name: fc.constantFrom('Web', 'FTP'), incomingPort: fc.constantFrom(80, 443, 50_000), destinationAddress: fc.constantFrom('10.30.1.4', '10.30.2.1', '10.99.0.4', '10.30.1.255'), destinationPort: fc.constant(80) });
const nat = fc.record(
  {
    routing: fc.constant('NAT'),
    gatewayDevice: device,
    ipAddress: fc.constantFrom('203.0.113.20', '203.0.113.21', '203.0.113.1', '10.0.0.1'),
    externalAddresses: fc.array(fc.constantFrom({}, { ipAddress: '203.0.113.22' }), { maxLength: 2 }),
    rules: fc.array(rule, { maxLength: 2 }),
  },
  { requiredKeys: ['routing', 'gatewayDevice'] },
);
const direct = fc.record({ routing: fc.constant('Direct'), gatewayDevice: device });
const connection = fc.record({ name: fc.constant('Office'), remoteEndpoint: fc.constantFrom('198.51.100.20', '198.51.100.21'), runAsAccount: fc.constant('Fabrikam_PSK'), routes: fc.subarray(['10.30.1.0/25', '10.40.0.0/16', '10.254.254.0/24']) });
const vpn = fc.record({ gatewayDevice: device, subnet: fc.constantFrom('', '10.254.254.0/29', '10.30.2.0/29'), connections: fc.array(connection, { maxLength: 2 }) }, { requiredKeys: ['gatewayDevice'] });
const parts = fc.oneof(fc.record({ directConnection: fc.oneof(nat, nat, direct) }), fc.record({ vpnTunnel: vpn }), fc.record({ directConnection: nat, vpnTunnel: vpn }));

const operations = () => bench.test.lab.operations;

it('the same problems, and the same script', async () => {
  let [made, accepted] = [0, 0];
  await fc.assert(
    fc.asyncProperty(subnets, parts, async (own, connectivity) => {
      const name = `Woodgrove ${(made += 1)}`;
      const create = { name, logicalNetwork: 'Contoso_HNV_LN01', subnets: own };
      const before = operations().check('vmNetwork.create', { ...create, ...connectivity });
      const script = before.length === 0 ? operations().script('vmNetwork.create', { ...create, ...connectivity }).script : undefined;
      await bench.done(command('vmNetwork.create', create));
      const input = { vmNetwork: name, ...connectivity };
      expect(operations().check('vmNetwork.setConnectivity', input)).toEqual(before);
      if (script === undefined) return;
      accepted += 1;
      const [, ...behind] = operations().script('vmNetwork.setConnectivity', input).script.commands;
      expect(script.commands.slice(2 + 2 * own.length)).toEqual(behind);
    }),
    { numRuns: 150 },
  );
  expect(accepted).toBeGreaterThan(10);
});
