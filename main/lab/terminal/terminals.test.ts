/** Terminals on the Contoso lab: what an administrator types, and what Windows would say. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { terminalLimit, terminalLines, type TerminalTarget } from '../../../shared/contract/terminal.ts';
import { TestLab } from '../testing/testLab.ts';

const second = 1e9;
const key = 'agreed upon 0123456789';
const virtualMachine = (id: string): TerminalTarget => ({ kind: 'virtualMachine', id });
const fabrikam = virtualMachine('Fabrikam-VM01');
const gateway = virtualMachine('GatewayVM01');
const host = (id: string): TerminalTarget => ({ kind: 'host', id });

let test: TestLab;
beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => test.dispose());

async function run(operation: string, input: unknown): Promise<void> {
  expect(await test.lab.jobs.waitFor(test.lab.operations.start(operation, input))).toBe('Completed');
}

/** NAT for both tenants, with a rule of Fabrikam's, and Fabrikam's tunnel to its office. */
async function connectTenants(bgp?: unknown): Promise<void> {
  await run('runAsAccount.change', { runAsAccount: 'Fabrikam_PSK', secret: key, confirmation: key });
  await test.nat('Adatum', '203.0.113.21');
  await run('vmNetwork.setConnectivity', {
    vmNetwork: 'Fabrikam',
    directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress: '203.0.113.20', rules: [{ name: 'Web', protocol: 'TCP', incomingPort: 8080, destinationAddress: '10.30.1.4', destinationPort: 80 }] },
    vpnTunnel: { gatewayDevice: 'Gateway01', connections: [{ name: 'Fabrikam office', remoteEndpoint: '198.51.100.20', runAsAccount: 'Fabrikam_PSK', routes: ['10.30.50.0/24'] }], ...(bgp === undefined ? {} : { bgp }) },
  });
}

/** What a terminal of its own says to some lines, without the lines themselves. Each may take a while. */
function say(target: TerminalTarget, ...lines: readonly string[]): string[] {
  const { terminals } = test.lab;
  const { terminalId } = terminals.open(target);
  const before = terminals.output(terminalId).lines.length;
  for (const line of lines) {
    terminals.run(terminalId, line);
    for (let waited = 0; terminals.output(terminalId).isBusy && waited < 600; waited += 1) test.lab.advance(second);
  }
  const { lines: shown, isBusy } = terminals.output(terminalId);
  expect(isBusy).toBe(false);
  terminals.close(terminalId);
  return shown.slice(before).filter(({ kind }) => kind !== 'input').map(({ text }) => text);
}

/** Values of one property in a list. */
function valuesOf(lines: readonly string[], property: string): string[] {
  return lines.flatMap((line) => {
    const [name, ...value] = line.split(' : ');
    return name?.trim() === property ? [value.join(' : ').trim()] : [];
  });
}

describe('the prompt of a virtual machine', () => {
  it('ipconfig, route print and arp -a tell what the machine is set to and whom it met', () => {
    test.repliesTo('Fabrikam-VM01');
    const configuration = say(fabrikam, 'ipconfig /all');
    expect(configuration).toEqual(expect.arrayContaining([
      '   Host Name . . . . . . . . . . . . : Fabrikam-VM01',
      expect.stringMatching(/^ {3}Physical Address\. \. \. \. \. \. \. \. \. : ([0-9A-F]{2}-){5}[0-9A-F]{2}$/),
      '   IPv4 Address. . . . . . . . . . . : 10.30.1.4(Preferred)',
      '   Subnet Mask . . . . . . . . . . . : 255.255.255.0',
      '   Default Gateway . . . . . . . . . : 10.30.1.1',
    ]));
    const routes = say(fabrikam, 'route print').map((line) => line.trim().split(/ +/).join(' '));
    expect(routes).toContain('0.0.0.0 0.0.0.0 10.30.1.1 10.30.1.4 256');
    expect(routes).toContainEqual(expect.stringMatching(/^10\.30\.1\.0 255\.255\.255\.0 On-link 10\.30\.1\.4 \d+$/));
    expect(say(fabrikam, 'arp -a')).toContainEqual(expect.stringMatching(/^ {2}10\.30\.1\.1 +([0-9a-f]{2}-){5}[0-9a-f]{2} +dynamic$/));
    expect(say(virtualMachine('Adatum-VM01'), 'arp -a')).toEqual(['No ARP Entries Found.']);
  });

  it('the first ping over the tunnel waits for the dial, and then all are answered', async () => {
    await connectTenants();
    expect(test.lab.vpn.status('Fabrikam').tunnels[0]?.state).toBe('Disconnected');
    const lines = say(fabrikam, 'ping 10.30.50.101');
    expect(test.lab.vpn.status('Fabrikam').tunnels[0]?.state).toBe('Connected');
    const times = lines.flatMap((line) => /^Reply from 10\.30\.50\.101: bytes=32 time(?:=|<)(\d+)ms TTL=\d+$/.exec(line)?.[1] ?? []).map(Number);
    expect(times).toHaveLength(4);
    expect(times[0]).toBeGreaterThan(Math.max(...times.slice(1)));
    expect(lines.slice(0, 2)).toEqual(['', 'Pinging 10.30.50.101 with 32 bytes of data:']);
    expect(lines.slice(-5)).toEqual([
      '', 'Ping statistics for 10.30.50.101:', '    Packets: Sent = 4, Received = 4, Lost = 0 (0% loss),', 'Approximate round trip times in milli-seconds:',
      `    Minimum = ${Math.min(...times)}ms, Maximum = ${Math.max(...times)}ms, Average = ${Math.floor(times.reduce((sum, time) => sum + time, 0) / 4)}ms`,
    ]);
    expect(say(virtualMachine('Adatum-VM01'), 'ping -n 2 10.30.50.101').join('\n')).not.toContain('bytes=32 time');
  });

  it('lines of a ping come one by one, and Ctrl+C ends it with what it knows', async () => {
    await test.nat('Fabrikam');
    const { terminals } = test.lab;
    const { terminalId } = terminals.open(fabrikam);
    terminals.run(terminalId, 'ping -t 192.0.2.80');
    const replies = (): number => terminals.output(terminalId).lines.filter(({ text }) => text.startsWith('Reply from')).length;
    test.lab.advance(0.5 * second);
    expect(replies()).toBe(1);
    test.lab.advance(second);
    expect(replies()).toBe(2);
    expect(() => terminals.run(terminalId, 'ipconfig')).toThrow(expect.objectContaining({ code: errorCodes.terminalBusy }));
    terminals.interrupt(terminalId);
    const { lines, isBusy } = terminals.output(terminalId);
    expect(isBusy).toBe(false);
    expect(lines.slice(-4).map(({ text }) => text)).toContain('Control-C');
    expect(lines.map(({ text }) => text)).toContain('    Packets: Sent = 2, Received = 2, Lost = 0 (0% loss),');
    test.lab.advance(5 * second);
    expect(terminals.output(terminalId).lines).toEqual(lines);
  });

  it('tracert shows every hop with its address', async () => {
    await connectTenants();
    const hops = (lines: readonly string[]): string[] => lines.flatMap((line) => /^ +(\d+) +(?:<?\d+ ms +){3}([\d.]+)$/.exec(line)?.slice(1, 3).join(' ') ?? []);
    const lines = say(fabrikam, 'tracert -d 192.0.2.80');
    expect(lines).toContain('Tracing route to 192.0.2.80 over a maximum of 30 hops');
    expect(hops(lines)).toEqual(['1 10.30.1.1', '2 10.254.254.2', '3 203.0.113.1', '4 192.0.2.80']);
    expect(lines.at(-1)).toBe('Trace complete.');
    expect(hops(say(fabrikam, 'tracert 10.30.50.101')).at(-1)).toMatch(/ 10\.30\.50\.101$/);
    expect(say(fabrikam, 'tracert -h 5 -w 500 10.99.0.1')).toContainEqual(expect.stringMatching(/Request timed out|reports: /));
  });

  it('Test-NetConnection tells an open port from a closed one', async () => {
    await test.nat('Fabrikam');
    const open = say(fabrikam, 'powershell', 'Test-NetConnection 192.0.2.80 -Port 80');
    expect([valuesOf(open, 'RemoteAddress'), valuesOf(open, 'RemotePort'), valuesOf(open, 'SourceAddress'), valuesOf(open, 'PingSucceeded'), valuesOf(open, 'TcpTestSucceeded')]).toEqual([['192.0.2.80'], ['80'], ['10.30.1.4'], ['True'], ['True']]);
    const closed = say(fabrikam, 'powershell', 'tnc -ComputerName 192.0.2.80 -Po 81');
    expect([valuesOf(closed, 'PingSucceeded'), valuesOf(closed, 'TcpTestSucceeded')]).toEqual([['True'], ['False']]);
    expect(closed).toContain('WARNING: TCP connect to 192.0.2.80:81 failed');
    expect(say(fabrikam, 'powershell', 'tnc 192.0.2.80 HTTP -InformationLevel Quiet')).toEqual(['True']);
    expect(say(fabrikam, 'powershell', 'tnc 192.0.2.80 -InformationLevel Quiet -Port 444')).toEqual(['False']);
    expect(valuesOf(say(fabrikam, 'powershell', 'tnc 192.0.2.80 -TraceRoute'), 'TraceRoute')).toEqual(['{10.30.1.1, 10.254.254.2, 203.0.113.1, 192.0.2.80}']);
  });

  it('says in Windows\'s manner what it does not know', () => {
    expect(say(fabrikam, 'netsh')[0]).toMatch(/^'netsh' is not recognized as an internal or external command/);
    expect(say(fabrikam, 'Get-NetRoute')[0]).toContain('Type powershell first');
    expect(say(fabrikam, 'powershell', 'Get-NetRoutes')[0]).toMatch(/^Get-NetRoutes : The term 'Get-NetRoutes' is not recognized/);
    expect(say(fabrikam, 'ping web01')[0]).toContain('could not find host web01');
    expect(say(fabrikam, 'ping -z 1.2.3.4')[0]).toContain('Bad option -z');
    expect(say(fabrikam, 'ping -n 0 1.2.3.4')[0]).toContain('valid range is from 1 to 1000');
    expect(say(fabrikam, 'powershell', 'Get-NetVirtualizationLookupRecord')[0]).toContain('runs on a Hyper-V host');
    expect(say(fabrikam, 'ipconfig | fl')[0]).toContain('only the objects of a cmdlet');
    expect(say(fabrikam, 'help').join('\n')).toContain('tracert');
    expect(say(gateway, 'help get-netroute').join('\n')).toContain('-IncludeAllCompartments');
  });

  it('of a machine that is off is not opened, and one that is turned off later says so', async () => {
    const { terminals } = test.lab;
    const { terminalId } = terminals.open(fabrikam);
    await run('virtualMachine.stop', { virtualMachine: 'Fabrikam-VM01' });
    terminals.run(terminalId, 'ipconfig');
    expect(terminals.output(terminalId).lines.at(-1)).toMatchObject({ kind: 'error', text: 'Fabrikam-VM01 is turned off. Start it, then type again.' });
    expect(() => terminals.open(fabrikam)).toThrow(expect.objectContaining({ code: errorCodes.vmNotRunning }));
    expect(() => terminals.open(virtualMachine('Nobody'))).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
  });

  it('keeps a bounded number of lines and of terminals, clears, and closes with exit', () => {
    const { terminals } = test.lab;
    const [oldest = '', ...ids] = Array.from({ length: terminalLimit + 1 }, () => terminals.open(fabrikam).terminalId);
    expect(() => terminals.output(oldest)).toThrow(expect.objectContaining({ code: errorCodes.terminalNotFound }));
    const [first = '', second_ = ''] = ids;
    for (let count = 0; count < 80; count += 1) terminals.run(first, 'help');
    const { lines } = terminals.output(first);
    expect(lines).toHaveLength(terminalLines);
    expect(new Set(lines.map(({ number }) => number)).size).toBe(terminalLines);
    terminals.run(first, 'cls');
    expect(terminals.output(first)).toMatchObject({ lines: [], prompt: 'C:\\Users\\Administrator>', isClosed: false });
    terminals.run(second_, 'powershell');
    expect(terminals.output(second_)).toMatchObject({ prompt: 'PS C:\\Users\\Administrator> ', commands: expect.arrayContaining(['Test-NetConnection']) as string[] });
    terminals.run(second_, 'exit');
    expect(terminals.output(second_)).toMatchObject({ prompt: 'C:\\Users\\Administrator>', isClosed: false });
    terminals.run(second_, 'exit');
    expect(terminals.output(second_).isClosed).toBe(true);
    expect(() => terminals.run(second_, 'help')).toThrow(expect.objectContaining({ code: errorCodes.terminalNotFound }));
    for (const id of ids) terminals.close(id);
    expect(() => terminals.output(first)).toThrow(expect.objectContaining({ code: errorCodes.terminalNotFound }));
  });
});

describe('PowerShell on the gateway VM', () => {
  it('shows tenants with equal addresses apart, each in its compartment', async () => {
    await connectTenants();
    const compartments = say(gateway, 'Get-NetCompartment');
    expect(valuesOf(compartments, 'CompartmentId')).toEqual(['1', '2', '3']);
    expect(valuesOf(compartments, 'CompartmentGuid')[0]).toBe('{b1062982-2b18-4b4f-b3d5-a78ddb9cdd49}');
    expect(valuesOf(compartments, 'CompartmentDescription').slice(1).map((name) => name.slice(0, 6)).sort()).toEqual(['Adatum', 'Fabrik']);
    const prefixes = (line: string): string[] => say(gateway, line).flatMap((text) => /(\d+\.\d+\.\d+\.\d+\/\d+)/.exec(text)?.[1] ?? []);
    expect(prefixes('Get-NetRoute')).not.toContain('10.30.1.0/24');
    expect(prefixes('Get-NetRoute -CompartmentId 2')).toContain('10.30.1.0/24');
    expect(prefixes('Get-NetRoute -CompartmentId 3')).toContain('10.30.1.0/24');
    expect(prefixes('get-netroute -inc').filter((prefix) => prefix === '10.30.1.0/24')).toHaveLength(2);
    expect(prefixes('Get-NetRoute 10.30.50.* -IncludeAllCompartments')).toEqual(['10.30.50.0/24']);
    expect(valuesOf(say(gateway, 'Get-NetIPAddress -IncludeAllCompartments'), 'IPAddress').filter((address) => address === '10.254.254.2')).toHaveLength(2);
    expect(valuesOf(say(gateway, 'Get-NetIPAddress'), 'IPAddress')).toContain('203.0.113.10');
    expect(say(gateway, 'Get-NetRoute -CompartmentId 9')[0]).toContain('no compartment with the CompartmentId 9');
    expect(say(gateway, 'ipconfig /allcompartments').filter((line) => line.startsWith('Network Information'))).toHaveLength(3);
  });

  it('shows NAT: instances, external addresses, static mappings and live sessions', async () => {
    await connectTenants();
    test.repliesTo('Fabrikam-VM01');
    test.repliesTo('Adatum-VM01');
    expect(valuesOf(say(gateway, 'Get-NetNat'), 'InternalRoutingDomainId')).toHaveLength(2);
    const external = say(gateway, 'Get-NetNatExternalAddress');
    expect(valuesOf(external, 'IPAddress').sort()).toEqual(['203.0.113.20', '203.0.113.21']);
    expect(valuesOf(external, 'PortEnd')).toEqual(['49151', '49151']);
    const mapping = say(gateway, 'Get-NetNatStaticMapping');
    expect([valuesOf(mapping, 'ExternalPort'), valuesOf(mapping, 'InternalIPAddress'), valuesOf(mapping, 'InternalPort')]).toEqual([['8080'], ['10.30.1.4'], ['80']]);
    const sessions = say(gateway, 'Get-NetNatSession | where Protocol -eq ICMP');
    expect(valuesOf(sessions, 'InternalSourceAddress')).toEqual(['10.30.1.4', '10.30.1.4']);
    expect(valuesOf(sessions, 'ExternalSourceAddress').sort()).toEqual(['203.0.113.20', '203.0.113.21']);
    expect(new Set(valuesOf(sessions, 'NatName')).size).toBe(2);
    const second = { externalAddresses: [{ ipAddress: '203.0.113.40' }], rules: [{ name: 'DNS', protocol: 'UDP' as const, externalAddress: 2, incomingPort: 53, destinationAddress: '10.30.1.5', destinationPort: 53 }] };
    expect(await test.setConnectivity({ vmNetwork: 'Adatum', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...second } })).toBe('Completed');
    const both = say(gateway, 'Get-NetNatExternalAddress');
    expect([valuesOf(both, 'IPAddress').sort(), valuesOf(both, 'ExternalAddressID'), new Set(valuesOf(both, 'NatName')).size]).toEqual([['203.0.113.20', '203.0.113.21', '203.0.113.40'], ['0', '1', '2'], 2]);
    expect(valuesOf(say(gateway, 'Get-NetNatStaticMapping | where Protocol -eq UDP'), 'ExternalIPAddress')).toEqual(['203.0.113.40']);
  });

  it('shows routing domains and site-to-site interfaces, live', async () => {
    await connectTenants();
    const domains = valuesOf(say(gateway, 'Get-RemoteAccessRoutingDomain'), 'RoutingDomain');
    expect(domains.filter((name) => name.startsWith('Fabrikam'))).toHaveLength(1);
    expect(valuesOf(say(gateway, 'Get-VpnS2SInterface | fl'), 'ConnectionState')).toEqual(['Disconnected']);
    say(fabrikam, 'ping -n 1 10.30.50.101');
    const facts = say(gateway, 'Get-VpnS2SInterface | fl');
    expect(['ConnectionState', 'IPv4Subnet', 'Protocol', 'NumberOfTries', 'IdleDisconnect', 'SALifeTime', 'SADataSizeForRenegotiation'].map((name) => valuesOf(facts, name)[0])).toEqual(['Connected', expect.stringMatching(/^\{10\.30\.50\.0\/24:\d+\}$/), 'IKEv2', '3', '300', '3600', '33553408']);
    expect(say(gateway, `Get-VpnS2SInterface -RoutingDomain ${domains.find((name) => name.startsWith('Adatum')) ?? ''}`)).toEqual([]);
    expect(say(gateway, 'Get-VpnS2SInterface -RoutingDomain Nobody')[0]).toContain('no routing domain nobody');
  });

  it('shows BGP routers, peers, routes and statistics', async () => {
    await connectTenants({ autonomousSystemNumber: 64_600, peers: [{ name: 'Office', address: '10.30.50.1', autonomousSystemNumber: 64_700 }] });
    const router = say(gateway, 'Get-BgpRouter');
    expect([valuesOf(router, 'LocalASN'), valuesOf(router, 'PeerName')]).toEqual([['64600'], ['{Office}']]);
    expect(say(gateway, 'Get-BgpPeer').join('\n')).toMatch(/Office +10\.254\.254\.2 +10\.30\.50\.1 +64700 +Mixed +(Connecting|Connected|Stopped)/);
    expect(say(gateway, 'Get-BgpRouteInformation -Type Best | ft DestinationNetwork,State').join('\n')).toMatch(/10\.30\.1\.0\/24 +Best/);
    expect(valuesOf(say(gateway, 'Get-BgpStatistics'), 'PeerName')).toEqual(['Office']);
  });

  it('the gateway itself pings the Internet', () => {
    expect(say(gateway, 'ping -n 1 192.0.2.80').join('\n')).toMatch(/Received = 1/);
    expect(valuesOf(say(gateway, 'Test-NetConnection 192.0.2.80 -Port 80'), 'TcpTestSucceeded')).toEqual(['True']);
  });
});

describe('PowerShell on a host', () => {
  it('shows the virtualization policy', () => {
    const own = valuesOf(say(host('HyperV01.contoso.lab'), 'Get-NetVirtualizationProviderAddress'), 'ProviderAddress');
    expect(own.length).toBeGreaterThan(0);
    for (const address of own) expect(address).toMatch(/^172\.16\.40\.\d+$/);
    const records = say(host('HyperV01.contoso.lab'), 'Get-NetVirtualizationLookupRecord -CustomerAddress 10.30.1.4');
    expect(valuesOf(records, 'VMName').sort()).toEqual(['Adatum-VM01', 'Fabrikam-VM01']);
    expect(new Set(valuesOf(records, 'VirtualSubnetID')).size).toBe(2);
    expect(valuesOf(records, 'Rule')).toEqual(['TranslationMethodEncap', 'TranslationMethodEncap']);
    expect(valuesOf(say(host('HyperV01.contoso.lab'), 'Get-NetVirtualizationCustomerRoute -DestinationPrefix 10.30.1.0/24'), 'NextHop')).toEqual(['0.0.0.0', '0.0.0.0']);
    expect(say(host('HyperV01.contoso.lab'), 'Get-NetVirtualizationProviderRoute')).toEqual([]);
  });

  it('ping -p reaches the provider addresses of another host', () => {
    const [other = ''] = valuesOf(say(host('HyperV02.contoso.lab'), 'Get-NetVirtualizationProviderAddress'), 'ProviderAddress');
    expect(say(host('HyperV01.contoso.lab'), `ping -p -n 2 ${other}`).join('\n')).toContain('Sent = 2, Received = 2, Lost = 0');
    expect(say(host('HyperV01.contoso.lab'), 'ping 192.0.2.80')[0]).toContain('ping -p');
  });
});

describe('whatever is typed', () => {
  it('no terminal throws, and no key is ever shown', async () => {
    await connectTenants();
    say(fabrikam, 'ping -n 1 10.30.50.101');
    const { terminals } = test.lab;
    const ids = [fabrikam, gateway, host('HyperV01.contoso.lab')].map((target) => terminals.open(target).terminalId);
    const word = fc.constantFrom(
      ...ids.flatMap((id) => terminals.output(id).commands).filter((name) => name !== 'exit'), '|', '| fl *', '| ft *', '| select *', '| where Name -like *', '-Name', '-IncludeAllCompartments', '-CompartmentId', '2', '*', '-t', '/all', '192.0.2.80', '"', ',', '__proto__', 'constructor',
    );
    const line = fc.oneof({ weight: 3, arbitrary: fc.array(word, { maxLength: 6 }).map((parts) => parts.join(' ')) }, { weight: 1, arbitrary: fc.string({ maxLength: 1024, unit: 'binary' }) });
    fc.assert(
      fc.property(line, fc.constantFrom(...ids), (text, id) => {
        terminals.run(id, text);
        terminals.interrupt(id);
        const output = terminals.output(id);
        expect(JSON.stringify(output)).not.toContain(key);
        expect(output.isBusy).toBe(false);
      }),
      { numRuns: 300 },
    );
    for (const command of terminals.output(ids[1] ?? '').commands.filter((name) => name.startsWith('Get-'))) expect(say(gateway, `${command} | fl *`).join('\n')).not.toContain(key);
  });
});
