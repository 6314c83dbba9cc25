import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes, type Problem } from '../../../shared/contract/errors.ts';
import type { JobDetails } from '../../../shared/contract/jobs.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

let test: TestLab;
const key = 'agreed upon 0123456789';

beforeEach(async () => {
  test = new TestLab();
  await test.open();
  await run('runAsAccount.change', { runAsAccount: 'Fabrikam_PSK', secret: key, confirmation: key });
});
afterEach(() => test.dispose());

async function run(operation: string, input: unknown): Promise<JobDetails> {
  const jobId = test.lab.operations.start(operation, input);
  expect(await test.lab.jobs.waitFor(jobId)).toBe('Completed');
  return test.lab.lists.jobs.get(jobId);
}

const office = { name: 'Fabrikam office', remoteEndpoint: '198.51.100.20', runAsAccount: 'Fabrikam_PSK', routes: ['10.30.50.0/24'] };
const vpn = (connections: readonly unknown[], change: Record<string, unknown> = {}) => ({ vmNetwork: 'Fabrikam', vpnTunnel: { gatewayDevice: 'Gateway01', connections, ...change } });
const set = (input: unknown) => run('vmNetwork.setConnectivity', input);

function refused(input: unknown): readonly Problem[] {
  const before = JSON.stringify(test.lab.snapshot());
  const problems = test.lab.operations.check('vmNetwork.setConnectivity', input);
  expect(() => test.lab.operations.start('vmNetwork.setConnectivity', input)).toThrow();
  expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  for (const { recommendedAction } of problems) expect(recommendedAction).not.toBe('');
  return problems;
}

function pings(virtualMachine: string, destination: string, count = 4): number {
  const id = test.lab.probes.startPing({ virtualMachine, destination, count });
  test.lab.advance((count + 6) * 1e9);
  return test.lab.probes.pingState(id).received;
}

const tunnel = () => test.lab.vpn.status('Fabrikam').tunnels[0];

describe('a VPN connection that cannot work is refused, with what is wrong at its field', () => {
  it.each([
    ['without name', { name: '' }, 'name', errorCodes.invalidInput, /no name/],
    ['with too long a name', { name: 'x'.repeat(65) }, 'name', errorCodes.invalidInput, /65/],
    ['that is gone', { id: 'gone' }, 'name', errorCodes.objectNotFound, /no longer/],
    ['to nowhere', { remoteEndpoint: '' }, 'remoteEndpoint', errorCodes.invalidInput, /remote endpoint/],
    ['to a name', { remoteEndpoint: 'vpn.fabrikam.example' }, 'remoteEndpoint', errorCodes.invalidInput, /vpn\.fabrikam/],
    ['to itself', { remoteEndpoint: '127.0.0.1' }, 'remoteEndpoint', errorCodes.invalidInput, /cannot be/],
    ['to a group', { remoteEndpoint: '239.1.1.1' }, 'remoteEndpoint', errorCodes.invalidInput, /cannot be/],
    ['to the gateway', { remoteEndpoint: '203.0.113.10' }, 'remoteEndpoint', errorCodes.endpointInUse, /in use here/],
    ['without account', { runAsAccount: '' }, 'runAsAccount', errorCodes.invalidInput, /no Run As account/],
    ['with an unknown account', { runAsAccount: 'Nobody' }, 'runAsAccount', errorCodes.objectNotFound, /Nobody/],
    ['with a password in place of a key', { runAsAccount: 'GatewayLocalAdmin' }, 'runAsAccount', errorCodes.accountNotUsable, /no pre-shared key/],
    ['with half a thumbprint', { authenticationMethod: 'MachineCertificates', certificate: 'ab12' }, 'certificate', errorCodes.invalidInput, /thumbprint/],
    ['without route', { routes: [] }, 'routes', errorCodes.routeMissing, /no route/],
    ['with no bandwidth', { maximumInboundKbps: 0 }, 'maximumInboundKbps', errorCodes.invalidInput, /inbound/],
    ['with words for bandwidth', { maximumOutboundKbps: 'fast' }, 'maximumOutboundKbps', errorCodes.invalidInput, /fast/],
    ['over L2TP', { protocol: 'L2TP' }, 'protocol', errorCodes.proposalInvalid, /IKEv2 only/],
    ['over PPTP', { protocol: 'PPTP' }, 'protocol', errorCodes.proposalInvalid, /PPTP/],
    ['with a GCM cipher and SHA', { cipherTransform: 'GCMAES256' }, 'authenticationTransform', errorCodes.proposalInvalid, /GCMAES256 with authentication transform SHA196/],
    ['with a GCM transform and AES', { authenticationTransform: 'GCMAES128' }, 'authenticationTransform', errorCodes.proposalInvalid, /AES256 with authentication transform GCMAES128/],
    ['with GCM of two lengths', { cipherTransform: 'GCMAES256', authenticationTransform: 'GCMAES128' }, 'authenticationTransform', errorCodes.proposalInvalid, /GCMAES128/],
    ['without Diffie-Hellman', { dhGroup: 'None' }, 'dhGroup', errorCodes.proposalInvalid, /Diffie-Hellman/],
    ['with PFS of the main mode', { pfsGroup: 'PFSMM' }, 'pfsGroup', errorCodes.proposalInvalid, /PFSMM/],
  ])('%s', (_what, change, field, code, words) => {
    const problems = refused(vpn([{ ...office, ...change }]));
    expect(problems).toMatchObject([{ code, path: ['vpnTunnel', 'connections', 0, field] }]);
    expect(problems[0]?.message).toMatch(words);
  });

  it.each([
    ['with host bits', ['10.30.50.101/24'], 0, errorCodes.invalidInput, /10\.30\.50\.101/],
    ['that is none', ['office'], 0, errorCodes.invalidInput, /office/],
    ['twice', ['10.30.50.0/24', '10.30.50.0/24'], 1, errorCodes.routeOverlap, /twice/],
    ['to the VM subnet', ['10.30.0.0/16'], 0, errorCodes.routeOverlap, /Fabrikam_Subnet01/],
  ])('a route %s', (_what, routes, at, code, words) => {
    const problems = refused(vpn([{ ...office, routes }]));
    expect(problems).toMatchObject([{ code, path: ['vpnTunnel', 'connections', 0, 'routes', at] }]);
    expect(problems[0]?.message).toMatch(words);
  });

  it.each([
    ['that is none', 'ten', errorCodes.invalidInput],
    ['with host bits', '10.254.254.1/29', errorCodes.invalidInput],
    ['too small for router and gateway', '10.254.254.0/30', errorCodes.invalidInput],
    ['in the VM subnet', '10.30.1.0/29', errorCodes.subnetOverlap],
  ])('a subnet %s', (_what, subnet, code) => {
    expect(refused(vpn([office], { subnet }))).toMatchObject([{ code, path: ['vpnTunnel', 'subnet'] }]);
  });

  it('a route into the leg, the same route or endpoint or name twice', () => {
    const other = { ...office, name: 'Second', remoteEndpoint: '198.51.100.21', routes: ['10.30.60.0/24'] };
    expect(refused(vpn([{ ...office, routes: ['10.254.254.0/29'] }], { subnet: '10.254.254.0/29' }))).toMatchObject([{ code: errorCodes.routeOverlap }]);
    expect(refused(vpn([office, { ...other, routes: office.routes }]))).toMatchObject([{ code: errorCodes.routeOverlap, path: ['vpnTunnel', 'connections', 1, 'routes', 0] }]);
    expect(refused(vpn([office, { ...other, remoteEndpoint: office.remoteEndpoint }]))).toMatchObject([{ code: errorCodes.endpointInUse, path: ['vpnTunnel', 'connections', 1, 'remoteEndpoint'] }]);
    expect(refused(vpn([office, { ...other, name: 'FABRIKAM OFFICE' }]))).toMatchObject([{ code: errorCodes.nameInUse, path: ['vpnTunnel', 'connections', 1, 'name'] }]);
  });

  it('an account whose key was never typed on this machine', async () => {
    test.close();
    await test.open({ databasePath: `${test.folder}/other.sqlite` });
    const problems = refused(vpn([office]));
    expect(problems).toMatchObject([{ code: errorCodes.accountNotUsable, path: ['vpnTunnel', 'connections', 0, 'runAsAccount'] }]);
    expect(problems[0]?.recommendedAction).toMatch(/Settings > Run As Accounts/);
  });

  it('more tunnels than a gateway carries', () => {
    const connections = Array.from({ length: 200 }, (_, at) => ({ ...office, name: `Office ${at}`, remoteEndpoint: `198.51.101.${at + 1}`, routes: [`10.40.${at}.0/24`] }));
    expect(test.lab.operations.check('vmNetwork.setConnectivity', vpn(connections))).toEqual([]);
    expect(refused(vpn([...connections, office]))).not.toEqual([]);
  });

  it('the endpoint of another tenant on the same gateway, by name', async () => {
    await set(vpn([office]));
    const problems = refused({ ...vpn([office]), vmNetwork: 'Adatum' });
    expect(problems).toMatchObject([{ code: errorCodes.endpointInUse, path: ['vpnTunnel', 'connections', 0, 'remoteEndpoint'] }]);
    expect(problems[0]?.message).toContain('Fabrikam office of Fabrikam');
  });

  it('two gateway devices for one VM network, none, and one that does not exist', () => {
    expect(refused({ vmNetwork: 'Fabrikam', vpnTunnel: { gatewayDevice: 'Nowhere' } })).toMatchObject([{ code: errorCodes.objectNotFound, path: ['vpnTunnel', 'gatewayDevice'] }]);
    expect(refused({ vmNetwork: 'Fabrikam', vpnTunnel: null })).toMatchObject([{ code: errorCodes.nothingToChange, path: ['vpnTunnel'] }]);
  });
});

describe('BGP', () => {
  const peer = { address: '10.30.50.1', autonomousSystemNumber: 65050 };
  const bgp = (autonomousSystemNumber: unknown, ...peers: readonly unknown[]) => vpn([{ ...office, routes: ['10.30.50.1/32'] }], { bgp: { autonomousSystemNumber, peers } });

  it.each([
    ['no number', bgp('', peer), ['autonomousSystemNumber'], errorCodes.invalidInput],
    ['number 0', bgp(0, peer), ['autonomousSystemNumber'], errorCodes.invalidInput],
    ['number 65535', bgp(65_535, peer), ['autonomousSystemNumber'], errorCodes.invalidInput],
    ['a peer without address', bgp(64_600, { ...peer, address: '' }), ['peers', 0, 'address'], errorCodes.invalidInput],
    ['a peer without number', bgp(64_600, { ...peer, autonomousSystemNumber: '' }), ['peers', 0, 'autonomousSystemNumber'], errorCodes.invalidInput],
    ['a peer twice', bgp(64_600, peer, peer), ['peers', 1, 'address'], errorCodes.nameInUse],
    ['a peer without route', bgp(64_600, { ...peer, address: '10.30.50.2' }), ['peers', 0, 'address'], errorCodes.bgpPeerNotRouted],
  ])('with %s is refused at its field', (_what, input, path, code) => {
    expect(refused(input)).toMatchObject([{ code, path: ['vpnTunnel', 'bgp', ...path] }]);
  });

  it('needs no other route, is kept when nothing is said about it, and lets no route of a peer go', async () => {
    await set(bgp(64_600, peer));
    const now = () => test.lab.forms.connectivity(networkId('Fabrikam')).current.vpnTunnel?.bgp;
    expect(now()).toMatchObject({ autonomousSystemNumber: '64600', peers: [{ address: '10.30.50.1', autonomousSystemNumber: '65050' }] });
    expect(refused(vpn([office].map((entry) => ({ ...entry, routes: ['10.31.0.0/16'] }))))).toMatchObject([{ code: errorCodes.bgpPeerNotRouted }]);
    await set(vpn([office]));
    expect(now()).toMatchObject({ autonomousSystemNumber: '64600' });
    await set(vpn([office], { bgp: null }));
    expect(now()).toBeNull();
    // The number stays for the next time (fact sheet §3.5).
    expect(test.lab.forms.connectivity(networkId('Fabrikam')).current.autonomousSystemNumber).toBe('64600');
  });
});

describe('a BGP session', () => {
  const peer = { name: 'Office', address: '10.30.50.1', autonomousSystemNumber: 65_050 };
  const bgp = (change: Record<string, unknown> = {}) => vpn([{ ...office, routes: ['10.30.50.1/32'] }], { bgp: { autonomousSystemNumber: 64_600, peers: [{ ...peer, ...change }] } });
  const router = () => test.lab.vpn.status('Fabrikam').bgp;

  it('dials by itself, learns the office and tells of the VM subnet: pings go both ways without a static route', async () => {
    await set(bgp());
    test.lab.advance(120e9);
    expect(router()).toMatchObject({ autonomousSystemNumber: 64_600, peers: [{ name: 'Office', status: 'Connected', lastError: null, holdSeconds: 180, learned: 1, advertised: 1 }] });
    expect(router()?.routes).toEqual(expect.arrayContaining([expect.objectContaining({ destination: '10.30.50.0/24', asPath: '65050', learnedFrom: 'Office', state: 'Best' })]));
    expect(pings('Fabrikam-VM01', '10.30.50.101')).toBe(4);
    expect(pings('Adatum-VM01', '10.30.50.101', 1)).toBe(0);
  });

  it('with the wrong number of the peer stays Connecting and says why', async () => {
    await set(bgp({ autonomousSystemNumber: 65_051 }));
    test.lab.advance(120e9);
    expect(router()?.peers).toMatchObject([{ status: 'Connecting', lastError: expect.stringMatching(/AS|autonomous/i) as string }]);
    expect(pings('Fabrikam-VM01', '10.30.50.101', 1)).toBe(0);
  });

  it('goes with BGP, and takes what it brought', async () => {
    await set(bgp());
    test.lab.advance(120e9);
    await set(vpn([{ ...office, routes: ['10.30.50.1/32'] }], { bgp: null }));
    expect(router()).toBeNull();
    expect(pings('Fabrikam-VM01', '10.30.50.101', 1)).toBe(0);
  });
});

const networkId = (name: string) => test.lab.snapshot().vmNetworks.find((network) => network.name === name)?.id ?? '';

describe('a VPN connection', () => {
  it('beside NAT: the first packet dials, the tunnel connects, replies come; the other tenant reaches nothing of it', async () => {
    await test.nat('Fabrikam');
    await test.nat('Adatum');
    const job = await set(vpn([office]));
    expect(job.steps.at(-1)?.message).toMatch(/translates to .* and has 1 site-to-site interface/);
    expect(tunnel()).toMatchObject({ name: 'Fabrikam office', state: 'Disconnected', localEndpoint: '203.0.113.10', remoteEndpoint: '198.51.100.20', routes: [{ destination: '10.30.50.0/24' }] });
    expect(pings('Fabrikam-VM01', '10.30.50.101')).toBe(4);
    expect(tunnel()).toMatchObject({ state: 'Connected', lastError: null, txPackets: 4, rxPackets: 4 });
    expect(pings('Fabrikam-VM02', '192.0.2.80', 1)).toBe(1);
    expect(pings('Adatum-VM01', '10.30.50.101', 2)).toBe(0);
    expect(pings('Adatum-VM01', '192.0.2.80', 1)).toBe(1);
  });

  it('with the wrong kind of authentication, or to nobody, says why in words', async () => {
    test.close();
    await test.open({ databasePath: `${test.folder}/other.sqlite`, labsFolder: test.changedLabs(['authentication: [PSKOnly, MachineCertificates]', 'authentication: [PSKOnly]']) });
    await set(vpn([{ ...office, authenticationMethod: 'MachineCertificates', runAsAccount: '' }]));
    expect(pings('Fabrikam-VM01', '10.30.50.101', 1)).toBe(0);
    test.lab.advance(300e9);
    expect(tunnel()?.lastError).toMatch(/authentication/i);
    await set(vpn([{ ...office, authenticationMethod: 'MachineCertificates', runAsAccount: '', remoteEndpoint: '198.51.100.99' }]));
    expect(pings('Fabrikam-VM01', '10.30.50.101', 1)).toBe(0);
    test.lab.advance(600e9);
    expect(tunnel()).toMatchObject({ state: 'Disconnected', lastError: expect.stringMatching(/answer/i) as string });
  });

  it('is dialed and hung up by hand, and not while it is disabled', async () => {
    await set(vpn([office]));
    test.lab.vpn.dial({ vmNetwork: 'Fabrikam', vpnConnection: 'fabrikam OFFICE', wanted: 'connected' });
    expect(tunnel()?.state).toBe('Connecting');
    test.lab.advance(5e9);
    expect(tunnel()?.state).toBe('Connected');
    test.lab.vpn.dial({ vmNetwork: 'Fabrikam', vpnConnection: 'Fabrikam office', wanted: 'disconnected' });
    expect(tunnel()?.state).toBe('Disconnected');
    await set(vpn([{ ...office, isEnabled: false }]));
    expect(() => test.lab.vpn.dial({ vmNetwork: 'Fabrikam', vpnConnection: 'Fabrikam office', wanted: 'connected' })).toThrow(expect.objectContaining({ code: errorCodes.connectionDisabled }));
    expect(() => test.lab.vpn.dial({ vmNetwork: 'Fabrikam', vpnConnection: 'Other', wanted: 'connected' })).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
  });

  it('changed while it is connected keeps the tunnel unless an end of it changes', async () => {
    await set(vpn([office]));
    expect(pings('Fabrikam-VM01', '10.30.50.101')).toBe(4);
    await set(vpn([{ ...office, name: 'Head office', id: tunnel()?.id, routes: ['10.30.50.0/24', '10.30.51.0/24'] }]));
    expect(tunnel()).toMatchObject({ name: 'Head office', state: 'Connected' });
  });

  it('lives from creation over change to removal, and leaves no row, address, compartment or lookup record behind', async () => {
    const everything = () => JSON.stringify([test.lab.snapshot(), test.lab.snapshot().networkServices.map(({ id }) => test.lab.gatewayState(id).compartments.map(({ guid, description }) => [guid, description]))]);
    const before = everything();
    const created = await set(vpn([office], { subnet: '10.99.0.0/28', bgp: { autonomousSystemNumber: 64_600, peers: [{ address: '10.30.50.1', autonomousSystemNumber: 65_050 }] } }));
    expect(created.auditRecords).toContainEqual(expect.objectContaining({ objectType: 'VPNConnection', property: 'Secret', newValue: 'Fabrikam_PSK' }));
    const changed = await set(vpn([{ ...office, routes: ['10.30.50.0/24', '10.60.0.0/16'] }]));
    expect(changed.auditRecords).toEqual([expect.objectContaining({ property: 'Routes', previousValue: '10.30.50.0/24', newValue: '10.30.50.0/24, 10.60.0.0/16' })]);
    expect(refused(vpn([{ ...office, routes: ['10.60.0.0/16', '10.30.50.0/24'] }]))).toMatchObject([{ code: errorCodes.nothingToChange }]);
    await set({ vmNetwork: 'Fabrikam', vpnTunnel: null });
    expect(everything()).toBe(before);
  });

  it('goes alone when NAT is to stay, and NAT goes alone when it is to stay', async () => {
    await test.nat('Fabrikam');
    await set(vpn([office]));
    await set({ vmNetwork: 'Fabrikam', directConnection: null });
    expect(tunnel()?.name).toBe('Fabrikam office');
    expect(test.externalAddress('Fabrikam')).toBeNull();
    await test.nat('Fabrikam');
    const job = await set({ vmNetwork: 'Fabrikam', vpnTunnel: null });
    expect(job.steps.map(({ message }) => message).join(' ')).toMatch(/stays for Fabrikam_NatConnection/);
    expect(test.lab.vpn.status('Fabrikam').tunnels).toEqual([]);
    expect(test.externalAddress('Fabrikam')).not.toBeNull();
  });

  it('keeps its account from being deleted, and is named', async () => {
    await set(vpn([office]));
    const [problem] = test.lab.operations.check('runAsAccount.delete', { runAsAccount: 'Fabrikam_PSK' });
    expect(problem).toMatchObject({ code: errorCodes.objectInUse, message: expect.stringContaining('Fabrikam office of Fabrikam') as string });
  });

  it('is set up by script with the account in place of the key, and taken away', async () => {
    const script = (input: unknown) => {
      const built = test.lab.operations.script('vmNetwork.setConnectivity', input).script;
      expect(catalogueProblems(built)).toEqual([]);
      expect(String(built)).not.toContain(key);
      return built.commands.map(({ cmdlet }) => cmdlet);
    };
    const input = vpn([office], { bgp: { autonomousSystemNumber: 64_600, peers: [{ address: '10.30.50.1', autonomousSystemNumber: 65_050 }] } });
    expect(script(input).slice(2)).toEqual(['Add-SCVMNetworkGateway', 'Get-SCRunAsAccount', 'Add-SCVPNConnection', 'Add-SCNetworkRoute', 'Set-SCVMNetworkGateway', 'Add-SCBGPPeer']);
    await set(input);
    expect(script(vpn([{ ...office, pfsGroup: 'ECP256' }])).slice(2)).toEqual(['Get-SCVPNConnection', 'Remove-SCVPNConnection', 'Get-SCRunAsAccount', 'Add-SCVPNConnection', 'Add-SCNetworkRoute']);
    expect(script(vpn([], { bgp: null })).slice(2)).toEqual(['Get-SCVPNConnection', 'Remove-SCVPNConnection', 'Get-SCBGPPeer', 'Remove-SCBGPPeer', 'Set-SCVMNetworkGateway']);
    expect(script({ vmNetwork: 'Fabrikam', vpnTunnel: null })).toEqual(['Get-SCVMNetwork', 'Get-SCVMNetworkGateway', 'Remove-SCVMNetworkGateway']);
  });

  it('has its key in nothing that can be read: jobs, status, capture', async () => {
    const captureId = test.lab.captures.start();
    await set(vpn([office]));
    expect(pings('Fabrikam-VM01', '10.30.50.101')).toBe(4);
    const capture = Buffer.concat([...test.lab.captures.finish(captureId).blocks]);
    expect(capture.includes(key)).toBe(false);
    const jobs = test.lab.lists.jobs.list({ offset: 0, limit: 100, filter: '', scope: 'all' }).rows.map(({ id }) => test.lab.lists.jobs.get(id));
    expect(JSON.stringify([jobs, test.lab.vpn.status('Fabrikam'), test.lab.forms.connectivity(networkId('Fabrikam')), test.lab.snapshot()])).not.toContain(key);
  });
});
