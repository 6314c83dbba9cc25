import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes, type Problem } from '../../../shared/contract/errors.ts';
import type { JobDetails } from '../../../shared/contract/jobs.ts';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { project } from '../../projection/project.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => test.dispose());

const https = { name: 'HTTPS', protocol: 'TCP', incomingPort: 443, destinationAddress: '10.30.1.4', destinationPort: 443 };
const dns = { name: 'DNS', protocol: 'UDP', incomingPort: '53', destinationAddress: '10.30.1.5', destinationPort: '5353' };
const withRules = (...rules: readonly unknown[]) => ({ vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', rules } });

async function done(input: unknown): Promise<JobDetails> {
  const jobId = test.lab.operations.start('vmNetwork.setConnectivity', input);
  expect(await test.lab.jobs.waitFor(jobId)).toBe('Completed');
  return test.lab.lists.jobs.get(jobId);
}

function refused(input: unknown): readonly Problem[] {
  const before = JSON.stringify(test.lab.snapshot());
  const problems = test.lab.operations.check('vmNetwork.setConnectivity', input);
  expect(() => test.lab.operations.start('vmNetwork.setConnectivity', input)).toThrow();
  expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  return problems;
}

const rules = () => test.lab.snapshot().natRules.map(({ name, protocol, externalPort }) => `${name} ${protocol} ${externalPort}`);
const script = (input: unknown) => {
  const built = test.lab.operations.script('vmNetwork.setConnectivity', input).script;
  expect(catalogueProblems(built)).toEqual([]);
  return built.commands.map(({ cmdlet, parameters }) => `${cmdlet} ${typeof parameters['Name'] === 'string' ? parameters['Name'] : ''}`.trim());
};

describe('NAT rules', () => {
  it.each([
    ['above the last port that is forwarded', { incomingPort: 49152 }, 'incomingPort', errorCodes.portNotForwardable, /49152 .*1 to 49151/],
    ['at port 0', { incomingPort: 0 }, 'incomingPort', errorCodes.invalidInput, /"0"/],
    ['beyond all ports', { incomingPort: 70000 }, 'incomingPort', errorCodes.invalidInput, /70000/],
    ['without incoming port', { incomingPort: '' }, 'incomingPort', errorCodes.invalidInput, /incoming port/],
    ['with words for a port', { incomingPort: 'https' }, 'incomingPort', errorCodes.invalidInput, /https/],
    ['with a fraction of a port', { incomingPort: '44.3' }, 'incomingPort', errorCodes.invalidInput, /44\.3/],
    ['without destination port', { destinationPort: '' }, 'destinationPort', errorCodes.invalidInput, /destination port/],
    ['to destination port 65536', { destinationPort: 65536 }, 'destinationPort', errorCodes.invalidInput, /65536/],
    ['to the Internet', { destinationAddress: '192.0.2.80' }, 'destinationAddress', errorCodes.destinationForeign, /no VM subnet of Fabrikam/],
    ['to the distributed router', { destinationAddress: '10.30.1.1' }, 'destinationAddress', errorCodes.destinationForeign, /distributed router/],
    ['to the network address', { destinationAddress: '10.30.1.0' }, 'destinationAddress', errorCodes.destinationForeign, /network address/],
    ['to everybody', { destinationAddress: '10.30.1.255' }, 'destinationAddress', errorCodes.destinationForeign, /broadcast/],
    ['to no address', { destinationAddress: '10.30.1' }, 'destinationAddress', errorCodes.invalidInput, /10\.30\.1/],
    ['without name', { name: ' ' }, 'name', errorCodes.invalidInput, /no name/],
    ['with a name that is too long', { name: 'n'.repeat(65) }, 'name', errorCodes.invalidInput, /65 characters/],
    ['that is no longer there', { id: 'gone' }, 'name', errorCodes.objectNotFound, /no longer there/],
  ])('refuse one %s, at its field', (_what, change, field, code, words) => {
    const problems = refused(withRules(dns, { ...https, ...change }));
    expect(problems).toMatchObject([{ code, path: ['directConnection', 'rules', 1, field] }]);
    expect(problems[0]?.message).toMatch(words);
    expect(problems[0]?.recommendedAction).not.toBe('');
  });

  it('are called by their place while nothing is typed, so that no message has a hole', () => {
    const empty = { name: '', protocol: 'TCP', incomingPort: '', destinationAddress: '', destinationPort: '' };
    expect(refused(withRules(https, empty)).map(({ message }) => message)).toEqual([
      'The NAT rule for incoming TCP port (none) has no name.',
      'NAT rule 2 has no incoming port.',
      'NAT rule 2 has no destination port.',
      'NAT rule 2 has no destination address.',
    ]);
    expect(refused(withRules(dns, { ...https, name: '', incomingPort: 50_000 })).at(-1)?.message).toMatch(/^Incoming port 50000 of NAT rule 2 cannot be forwarded/);
  });

  it('refuse two at one port and two of one name, but not the same port of the other protocol', async () => {
    expect(refused(withRules(https, { ...https, name: 'Web' }))).toMatchObject([{ code: errorCodes.portInUse, path: ['directConnection', 'rules', 1, 'incomingPort'] }]);
    expect(refused(withRules(https, { ...dns, name: 'https' }))).toMatchObject([{ code: errorCodes.nameInUse, path: ['directConnection', 'rules', 1, 'name'] }]);
    expect(refused(withRules({ ...https, incomingPort: '' }, { ...dns, destinationAddress: '1.2.3.4' }))).toHaveLength(2);
    await done(withRules(https, { ...https, name: 'QUIC', protocol: 'UDP' }));
    expect(rules()).toEqual(['HTTPS TCP 443', 'QUIC UDP 443']);
  });

  it('live from creation to removal, changed in place, and leave nothing behind', async () => {
    await test.nat('Fabrikam');
    const before = JSON.stringify(test.lab.snapshot());
    const created = await done(withRules(https, dns));
    expect(created.steps.map(({ name }) => name)).toContain('Set up NAT rules');
    expect(created.auditRecords).toContainEqual(expect.objectContaining({ objectType: 'NATRule', objectName: 'HTTPS', property: 'ExternalPort', previousValue: null, newValue: '443' }));
    const [id] = ruleIds();
    const changed = await done(withRules({ ...https, id, incomingPort: 8443 }, dns));
    expect(changed.auditRecords).toEqual([expect.objectContaining({ objectName: 'HTTPS', property: 'ExternalPort', previousValue: '443', newValue: '8443' })]);
    expect(ruleIds()).toContain(id);
    expect(refused(withRules(dns, { ...https, id, incomingPort: 8443 }))).toMatchObject([{ code: errorCodes.nothingToChange }]);
    await done(withRules());
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  });

  it('may change their ports with each other', async () => {
    await done(withRules(https, { ...https, name: 'Second', incomingPort: 8443 }));
    const [first, second] = ruleIds();
    await done(withRules({ ...https, id: first, incomingPort: 8443 }, { ...https, id: second, name: 'Second', incomingPort: 443 }));
    expect(rules()).toEqual(['Second TCP 443', 'HTTPS TCP 8443']);
  });

  it('stay when nothing is said about them, and go with the NAT connection', async () => {
    await done(withRules(https));
    await test.nat('Fabrikam', '203.0.113.50');
    expect(rules()).toEqual(['HTTPS TCP 443']);
    const job = await done({ vmNetwork: 'Fabrikam', directConnection: null });
    expect(rules()).toEqual([]);
    expect(job.auditRecords).toContainEqual(expect.objectContaining({ objectType: 'NATRule', property: 'Name', previousValue: 'HTTPS', newValue: null }));
  });

  it('reach the gateway: its static mappings are those of the rules', async () => {
    await done(withRules(dns));
    const mappings = project(test.lab.snapshot(), () => null).gateways[0]?.compartments.flatMap(({ nat }) => nat?.staticMappings ?? []);
    expect(mappings).toEqual([{ name: 'DNS', protocol: 'UDP', externalPort: 53, internalAddress: ipv4('10.30.1.5'), internalPort: 5353 }]);
  });

  it('are added and removed by script, because no cmdlet changes one', async () => {
    expect(script(withRules(https)).slice(-2)).toEqual(['Add-SCNATConnection Fabrikam_NatConnection', 'Add-SCNATRule HTTPS']);
    await done(withRules(https, dns));
    const [id] = ruleIds();
    expect(script(withRules({ ...https, id, incomingPort: 8443 }, dns)).slice(2)).toEqual(['Get-SCNATConnection', 'Get-SCNATRule HTTPS', 'Remove-SCNATRule', 'Add-SCNATRule HTTPS']);
  });
});

function ruleIds(): readonly (string | undefined)[] {
  const network = test.lab.snapshot().vmNetworks.find(({ name }) => name === 'Fabrikam');
  const direct = test.lab.forms.connectivity(network?.id ?? '').current.directConnection;
  return direct?.routing === 'NAT' ? (direct.rules ?? []).map(({ id }) => id) : [];
}
