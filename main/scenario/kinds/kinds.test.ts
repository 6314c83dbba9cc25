import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { BadInput } from '../badInput.ts';
import { runScenario } from '../run.ts';
import { ScenarioFolder } from '../testing/scenarioFolder.ts';

let folder: ScenarioFolder;
let said: string[];

beforeEach(() => {
  folder = new ScenarioFolder();
  said = [];
});
afterEach(() => folder.dispose());

function run(...lines: readonly string[]): Promise<boolean> {
  return runScenario({ file: folder.steps(...lines), databasePath: undefined, outputFolder: folder.out, seed: 1, say: (line) => void said.push(line), environment: {} });
}

const nat = (vmNetwork: string) => `  - { do: vmNetwork.setConnectivity, input: { vmNetwork: ${vmNetwork}, directConnection: { routing: NAT, gatewayDevice: Gateway01 } } }`;
const ping = (from: string, to: string, received: number) => `  - { ping: { from: ${from}, to: ${to}, count: 1 }, expect: { received: ${received} } }`;

describe('bad steps name the line and say what is wrong, and leave no results', () => {
  it.each([
    ['a fault of a kind that does not exist', ['  - fault: { kind: earthquake }'], 3, 'kind that exists'],
    ['a fault without what belongs to it', ['  - fault: { kind: hostDown }'], 3, 'what belongs to it'],
    ['a fault about nobody', ['  - fault: { kind: hostDown, host: HyperV99 }'], 3, 'There is no host HyperV99'],
    ['a fault about a VM network without a gateway', ['  - fault: { kind: natPoolExhausted, vmNetwork: Adatum }'], 3, 'connected to no gateway'],
    ['a fault about a tunnel that is not there', [nat('Fabrikam'), '  - fault: { kind: wrongKey, vmNetwork: Fabrikam, vpnConnection: Paris }'], 4, 'no VPN connection Paris'],
    ['a provider address that nobody has', ['  - fault: { kind: providerAddressUnreachable, address: 10.9.9.9 }'], 3, 'No host has the provider address'],
    ['a segment that is not there', ['  - fault: { kind: link, segment: Mars, isDown: true }'], 3, 'There is no segment Mars. There are: Internet'],
    ['a link with nothing wrong', ['  - fault: { kind: link, segment: Internet }'], 3, 'Say what is wrong with the link'],
    ['taking back what is not in force', ['  - fault: { kind: peerSilent, vpnDevice: vpn.fabrikam.example }', '    takeBack: true'], 4, 'No such fault is in force'],
    ['a recording that never began', ['  - capture: { stop: a }'], 3, 'No recording a was started'],
    ['two recordings of one name', ['  - capture: { start: a }', '  - capture: { start: a }'], 4, 'runs already'],
    ['more recordings than are kept', ['a', 'b', 'c', 'd'].map((name) => `  - capture: { start: ${name} }`), 6, 'stop one of them first'],
    ['a file outside the folder', ['  - capture: { start: a }', '  - capture:', '      stop: a', '      save: ../a.pcapng'], 6, 'without a folder'],
    ['a file that would be another recording', ['  - capture: { start: a }', '  - capture: { stop: a, save: capture.pcapng }'], 4, 'the file of another recording'],
    ['frames expected of a beginning', ['  - capture: { start: a }', '    expect: [{ frames: 1 }]'], 4, 'where the recording stops'],
    ['a tap that is not there', ['  - capture:', '      start: a', '      taps:', '        - Internet', '        - Mars'], 7, 'There is no tap Mars'],
    ['both ends in one step', ['  - capture: { start: a, stop: a }'], 3, 'either starts a recording or stops one'],
    ['UDP without a port', ['  - trace: { from: Fabrikam-VM01, to: 192.0.2.80, protocol: udp }'], 3, 'UDP needs one'],
    ['a trace from nobody', ['  - trace: { from: Nobody, to: 192.0.2.80 }'], 3, 'Nobody'],
    ['a datagram from nobody', ['  - udp: { from: Nobody, to: 192.0.2.80, port: 7 }'], 3, 'Nobody'],
    ['a connection from nobody', ['  - tcp: { from: Nobody, to: 192.0.2.80, port: 80 }'], 3, 'Nobody'],
    ['a route from nobody', ['  - tracert: { from: Nobody, to: 192.0.2.80 }'], 3, 'Nobody'],
    ['an MTU from nobody', ['  - mtu: { from: Nobody, to: 192.0.2.80 }'], 3, 'Nobody'],
    ['an MTU to no address', ['  - mtu: { from: Fabrikam-VM01, to: www.example.com }'], 3, 'Type an IPv4 address'],
    ['an MTU larger than any', ['  - mtu: { from: Fabrikam-VM01, to: 192.0.2.80, largest: 9001 }'], 3, '9000'],
    ['an MTU that nothing has', ['  - mtu: { from: Fabrikam-VM01, to: 192.0.2.80 }', '    expect: { mtu: 20 }'], 4, '68'],
    ['a limit of no kind', ['  - mtu: { from: Fabrikam-VM01, to: 192.0.2.80 }', '    expect: { limit: magic }'], 4, 'encapsulation'],
    ['a check that cannot start and finds something', ['  - mtu: { from: Fabrikam-VM01, to: 192.0.2.80 }', '    expect: { problem: HNV-1010, mtu: 1458 }'], 4, 'a problem, or what it finds'],
    ['a port that is none', ['  - tcp: { from: Fabrikam-VM01, to: 192.0.2.80, port: 0 }'], 3, 'port'],
    ['a question that changes something', ['  - assert: { query: operation.start }', '    expect: [{ exists: true }]'], 3, 'query'],
    ['a question about nobody', ['  - assert: { query: vmNetwork.get, of: Northwind }', '    expect: [{ exists: true }]'], 3, 'There is no object Northwind'],
    ['a name for a list', ['  - assert: { query: host.list, of: HyperV01 }', '    expect: [{ exists: true }]'], 3, 'not about one object'],
    ['an input that does not fit', ['  - assert: { query: host.list, input: { limit: -1 } }', '    expect: [{ exists: true }]'], 3, 'limit'],
    ['two expectations in one', ['  - assert: { query: host.list }', '    expect: [{ at: rows, count: 1, exists: true }]'], 4, 'exactly one of equals'],
    ['expectations that are neither', ['  - assert: { query: host.list }', '    expect: all well'], 4, 'neither a list of expectations'],
    ['a pattern that is none', ['  - assert: { query: host.list }', "    expect: [{ at: rows, matches: '(' }]"], 4, 'not a regular expression'],
  ])('%s', async (_what, lines, line, reason) => {
    const failure: unknown = await run(...lines).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BadInput);
    const { message } = failure as BadInput;
    expect(message).toContain(reason);
    expect(message.slice(0, message.indexOf(': '))).toBe(`${folder.in('scenario.yaml')}:${line}`);
    expect(existsSync(folder.in('out/result.json'))).toBe(false);
  });
});

describe('faults', () => {
  it.each([
    ['hostDown', 'kind: hostDown, host: hyperv01.CONTOSO.lab', 'Fabrikam-VM01', '192.0.2.80'],
    ['gatewayFirewallOn', 'kind: gatewayFirewallOn, gateway: Gateway01', 'Fabrikam-VM01', '192.0.2.80'],
    ['lookupRecordMissing', 'kind: lookupRecordMissing, virtualMachine: Fabrikam-VM02', 'Fabrikam-VM01', '10.30.1.5'],
    ['lookupRecordStale', 'kind: lookupRecordStale, virtualMachine: Fabrikam-VM02, providerAddress: 172.16.40.250', 'Fabrikam-VM01', '10.30.1.5'],
    ['natPoolExhausted', 'kind: natPoolExhausted, vmNetwork: Fabrikam', 'Fabrikam-VM01', '192.0.2.80'],
    ['link', 'kind: link, segment: Internet, lossPerMillion: 1000000', 'Fabrikam-VM01', '192.0.2.80'],
    ['link, too slow for patience', 'kind: link, segment: Internet, extraLatency: 5s', 'Fabrikam-VM01', '192.0.2.80'],
  ])('%s breaks the way, and taking it back mends it', async (_kind, fault, from, to) => {
    const passed = await run(nat('Fabrikam'), `  - fault: { ${fault} }`, ping(from, to, 0), `  - fault: { ${fault} }`, '    takeBack: true', '  - advance: 10s', ping(from, to, 1), ping('Fabrikam-VM02', '10.30.1.4', 1));
    expect(passed, said.join('\n')).toBe(true);
  });

  it('providerAddressUnreachable: the address is that of the host for the virtual subnet', async () => {
    expect(await run('  - advance: 1s')).toBe(true);
    const { hosts } = folder.json('inventory.json') as { hosts: { name: string; providerAddresses: { vsid: number; address: string }[] }[] };
    const { vmNetworks } = folder.json('inventory.json') as { vmNetworks: { name: string; vmSubnets: { vsid: number }[] }[] };
    const vsid = vmNetworks.find(({ name }) => name === 'Fabrikam')?.vmSubnets[0]?.vsid;
    const address = hosts.find(({ name }) => name.startsWith('HyperV02'))?.providerAddresses.find((entry) => entry.vsid === vsid)?.address ?? '';
    const passed = await run(ping('Fabrikam-VM01', '10.30.1.5', 1), `  - fault: { kind: providerAddressUnreachable, address: ${address} }`, '  - advance: 2m', ping('Fabrikam-VM01', '10.30.1.5', 0), ping('Adatum-VM01', '10.30.1.5', 1));
    expect(passed, said.join('\n')).toBe(true);
  });

  it('wrongKey and peerSilent keep a tunnel down, each with its own error', async () => {
    const tunnel = (state: string, error: string) => `  - { tunnel: { vmNetwork: Fabrikam, vpnConnection: Office }, expect: { state: ${state}, lastError: ${error} } }`;
    const dial = '  - { tunnel: { vmNetwork: Fabrikam, vpnConnection: Office }, dial: connected }';
    const passed = await run(
      '  - { do: runAsAccount.create, input: { name: PSK, kind: preSharedKey, userName: x, secret: only-for-rehearsal } }',
      '  - { do: vmNetwork.setConnectivity, input: { vmNetwork: Fabrikam, vpnTunnel: { gatewayDevice: Gateway01, connections: [{ name: Office, remoteEndpoint: 198.51.100.20, runAsAccount: PSK, routes: [10.30.50.0/24] }] } } }',
      '  - fault: { kind: wrongKey, vmNetwork: Fabrikam, vpnConnection: office }',
      dial, '  - advance: 1s', tunnel('Connecting', 'Authentication failed'),
      '  - fault: none',
      '  - fault: { kind: peerSilent, vpnDevice: vpn.fabrikam.example }',
      '  - advance: 1m', ping('Fabrikam-VM01', '10.30.50.101', 0),
      '  - fault: none',
      '  - advance: 2m', ping('Fabrikam-VM01', '10.30.50.101', 1), tunnel('Connected', 'null'),
    );
    expect(passed, said.join('\n')).toBe(true);
  });

  it('a second fault about the same link replaces the first', async () => {
    const passed = await run(nat('Fabrikam'), '  - fault: { kind: link, segment: Internet, isDown: true }', '  - fault: { kind: link, segment: Internet, extraLatency: 10ms }', ping('Fabrikam-VM01', '192.0.2.80', 1));
    expect(passed, said.join('\n')).toBe(true);
    expect(folder.json('result.json')).toMatchObject({ steps: [{}, {}, { detail: { faultsInForce: 1 } }, {}] });
  });
});

describe('expectations that do not hold say what came instead', () => {
  it.each([
    ['udp', ['  - { udp: { from: Fabrikam-VM01, to: 192.0.2.80, port: 53, count: 1 }, expect: { status: reply } }'], 'status: expected "reply", got "unreachable"'],
    ['tcp', ['  - { tcp: { from: Fabrikam-VM01, to: 192.0.2.80, port: 25 }, expect: { status: connected } }'], 'status: expected "connected", got "refused"'],
    ['mtu', ['  - { mtu: { from: Fabrikam-VM01, to: 192.0.2.80 }, expect: { mtu: 1500, limit: open, says: nowhere } }'], 'mtu: expected 1500, got 1458; limit: expected "open", got "encapsulation"; says: expected "nowhere"'],
    ['mtu', ['  - { mtu: { from: Fabrikam-VM01, to: 192.0.2.80 }, expect: { problem: HNV-9999 } }'], 'problem: expected "HNV-9999"'],
    ['tracert', ['  - { tracert: { from: Fabrikam-VM01, to: 192.0.2.81, maximumHops: 4 }, expect: { reached: true, hops: [] } }'], 'reached: expected true, got false; hops: expected []'],
    ['trace: fate', ['  - { trace: { from: Fabrikam-VM01, to: 192.0.2.80, protocol: udp, port: 53 }, expect: { fate: delivered at last } }'], 'fate: expected "delivered at last"'],
    ['trace: order', ['  - { trace: { from: Fabrikam-VM01, to: 192.0.2.80 }, expect: { through: [Internet-Router, GatewayVM01, Internet-Router, GatewayVM01, GatewayVM01] } }'], 'through: expected'],
    ['trace: a place to be avoided', ['  - { trace: { from: Fabrikam-VM01, to: 192.0.2.80 }, expect: { notThrough: [Internet] } }'], 'notThrough: expected'],
    ['trace: number of places', ['  - { trace: { from: Fabrikam-VM01, to: 192.0.2.80 }, expect: { hops: 1 } }'], 'hops: expected 1'],
    ['trace: what was done', ['  - { trace: { from: Fabrikam-VM01, to: 192.0.2.80 }, expect: { action: encrypt } }'], 'action: expected "encrypt"'],
    ['capture: at least', ['  - capture: { start: a }', '  - capture: { stop: a }', '    expect: [{ atLeast: 5, where: { protocol: esp } }]'], 'expected "at least 5", got 0'],
    ['assert: refused', ['  - { assert: { query: host.list }, expect: { problem: HNV-1002 } }'], 'problem: expected "HNV-1002", got null'],
    ['assert: another problem', ['  - { assert: { query: vmNetwork.get, of: Northwind }, expect: { problem: HNV-1001 } }'], 'problem: expected "HNV-1001", got "HNV-1002"'],
    ['assert: nothing there', ['  - { assert: { query: host.list }, expect: [{ at: rows.99.name, exists: true }] }'], 'rows.99.name exists: expected true, got false'],
    ['assert: an inherited property is no place', ['  - { assert: { query: host.list }, expect: [{ at: rows.constructor, exists: true }] }'], 'exists: expected true, got false'],
    ['assert: no text', ['  - { assert: { query: host.list }, expect: [{ at: total, matches: . }] }'], 'total matches: expected "."'],
  ])('%s', async (_what, lines, text) => {
    expect(await run(nat('Fabrikam'), ...lines)).toBe(false);
    expect(said.at(-1)).toContain(text);
  });

  it('an object that is expected not to exist is an expectation', async () => {
    expect(await run(`  - { assert: { query: vmNetwork.get, of: Northwind }, expect: { problem: ${errorCodes.objectNotFound} } }`)).toBe(true);
  });
});

it('a recording is a file that tshark reads, with exactly the frames that were counted', async () => {
  const passed = await run(nat('Fabrikam'), '  - capture: { start: provider, taps: [Provider 172.16.40.0/24] }', ping('Fabrikam-VM01', '192.0.2.80', 1), '  - capture: { stop: provider, save: provider.pcapng }', '    expect: [{ frames: 1, where: { protocol: icmp, source: 10.30.1.4 } }, { frames: 1, where: { protocol: icmp, destination: 10.30.1.4, vsid: 5201 } }, { frames: 2, where: { protocol: gre } }]');
  expect(passed, said.join('\n')).toBe(true);
  const { status, stdout } = spawnSync('tshark', ['-r', folder.in('out/provider.pcapng'), '-Y', 'gre', '-T', 'fields', '-e', 'ip.src'], { encoding: 'utf8' });
  if (status === null) console.warn('tshark is missing: the recording was not read by a second program');
  else expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^172\.16\.40\.\d+,10\.30\.1\.4$/), expect.stringMatching(/^172\.16\.40\.\d+,192\.0\.2\.80$/)]);
});

describe('the path MTU', () => {
  it('is what NVGRE leaves, what a black hole leaves, what is tried at most, or nothing; and time stands still meanwhile', async () => {
    const mtu = (expectation: string, from = 'Fabrikam-VM01', more = '') => `  - { mtu: { from: ${from}, to: 192.0.2.80${more} }, expect: { ${expectation} } }`;
    const passed = await run(
      mtu('mtu: null, limit: unreachable'),
      nat('Fabrikam'),
      mtu('mtu: 1458, limit: encapsulation, says: 42 bytes'),
      mtu('mtu: 1000, limit: open', 'Fabrikam-VM01', ', largest: 1000'),
      '  - fault: { kind: link, segment: Internet, largestFrame: 1000 }',
      mtu('mtu: 986, limit: blackHole, says: Internet'),
      '  - fault: none',
      '  - assert: { query: simulation.status }',
      '    expect: [{ at: now, equals: 0 }]',
    );
    expect(passed, said.join('\n')).toBe(true);
  });

  it('of a machine that is off is a problem that can be expected', async () => {
    const passed = await run('  - { do: virtualMachine.stop, input: { virtualMachine: Fabrikam-VM01 } }', `  - { mtu: { from: Fabrikam-VM01, to: 192.0.2.80 }, expect: { problem: ${errorCodes.vmNotRunning} } }`);
    expect(passed, said.join('\n')).toBe(true);
  });
});
