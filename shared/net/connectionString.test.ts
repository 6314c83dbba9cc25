import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintConnectionString, readConnectionString, splitConnectionString, writeConnectionString, type ConnectionSettings } from './connectionString.ts';
import { ipv4 } from './ipv4.ts';

const documented = [
  'VMHost=GatewayHost1.contoso.com;GatewayVM=GatewayVM1.contoso.com;BackendSwitch=VirtualSwitch1',
  'VMHost=GW-HV-CL01.contoso.com;GatewayVM=GW-VM-CL01.contoso.com;BackendSwitch=DatacenterSwitch',
  'VMHost=gateway-cl.adatum-gw.lab;GatewayVM=FGWCL01.adatum-gw.lab;BackendSwitch=VMSwitch;DirectRoutingMode=True;FrontEndServerAddress=131.107.0.55',
];

describe('the documented examples (fact sheet §1.4)', () => {
  it.each(documented)('%s', (text) => {
    expect(lintConnectionString(text)).toEqual([]);
    expect(writeConnectionString(readConnectionString(text))).toBe(text);
  });

  it('are read as what they say', () => {
    expect(readConnectionString(documented[2] ?? '')).toEqual({
      vmHost: 'gateway-cl.adatum-gw.lab',
      gatewayVm: 'FGWCL01.adatum-gw.lab',
      backendSwitch: 'VMSwitch',
      directRoutingMode: true,
      frontEndServerAddress: ipv4('131.107.0.55'),
      vpnServerAddress: null,
      maxVmNetworks: 1,
    });
    expect(readConnectionString(documented[0] ?? '').maxVmNetworks).toBe(50);
  });
});

describe('lint', () => {
  const base = 'VMHost=h;GatewayVM=g;BackendSwitch=s';
  it.each([
    ['', 'error', /VMHost is missing/, 'Add VMHost'],
    ['VMHost=h;BackendSwitch=s', 'error', /GatewayVM is missing/, 'Add GatewayVM'],
    ['VMHost=h;GatewayVM=g', 'warning', /BackendSwitch is missing/, 'Add BackendSwitch'],
    [`${base};FrontEndServiceAddress=1.2.3.4`, 'warning', /not a known key/, 'Write FrontEndServerAddress'],
    [`VMhost=h;${base}`, 'warning', /not a known key/, 'Write VMHost'],
    [`${base};Colour=blue`, 'warning', /not a known key/, 'Use one of'],
    ['VMHost=h;GatewayVM=g;BackendSwitch=Tenant Logical Switch', 'warning', /space/, 'without spaces'],
    ['VMHost=h;GatewayVM=g;BackendSwitch="s"', 'warning', /quotation/, 'Remove'],
    [`${base};`, 'warning', /semicolon/, 'Remove'],
    [`${base};VMHost=other`, 'warning', /twice/, 'Remove'],
    ['VMHost=;GatewayVM=g;BackendSwitch=s', 'error', /no value/, 'Key=Value'],
    ['VMHost;GatewayVM=g;BackendSwitch=s', 'error', /no value/, 'Key=Value'],
    [`${base};DirectRoutingMode=Yes`, 'error', /neither True nor False/, 'True'],
    [`${base};DirectRoutingMode=True`, 'error', /needs FrontEndServerAddress/, 'Add'],
    [`${base};DirectRoutingMode=True;FrontEndServerAddress=front`, 'error', /not an IPv4 address/, 'address'],
    [`${base};DirectRoutingMode=True;FrontEndServerAddress=1.2.3.4;MaxVMNetworksSupported=2`, 'error', /one VM network/, 'Remove'],
    [`${base};MaxVMNetworksSupported=101`, 'error', /1 to 100/, 'number'],
    [`${base};MaxVMNetworksSupported=0`, 'error', /1 to 100/, 'number'],
    [`${base};MaxVMNetworksSupported=ten`, 'error', /1 to 100/, 'number'],
  ] as const)('%s', (text, severity, message, action) => {
    const finding = lintConnectionString(text).find((entry) => message.test(entry.message));
    expect(finding?.severity).toBe(severity);
    expect(finding?.action).toContain(action);
    expect(text.slice(finding?.start, finding?.end).length).toBe((finding?.end ?? 0) - (finding?.start ?? 0));
  });

  it('points at the part that it is about', () => {
    const text = `${base};Colour=blue;DirectRoutingMode=False`;
    const [finding] = lintConnectionString(text);
    expect(text.slice(finding?.start, finding?.end)).toBe('Colour=blue');
  });

  it('takes any text without an exception, and an unknown key changes nothing that is read', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      lintConnectionString(text);
      expect(splitConnectionString(text).length).toBeLessThanOrEqual(text.length);
      const noise = `Colour=${text.replaceAll(';', '')}`;
      expect(readConnectionString(`${noise};${documented[0]}`)).toEqual(readConnectionString(documented[0] ?? ''));
    }));
  });
});

describe('what is written is read again', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/u);
  const address = fc.option(fc.nat(0xffffffff), { nil: null });
  it('for any settings', () => {
    fc.assert(fc.property(name, name, fc.option(name, { nil: null }), fc.boolean(), address, address, fc.integer({ min: 1, max: 100 }), (vmHost, gatewayVm, backendSwitch, directRoutingMode, frontEndServerAddress, vpnServerAddress, most) => {
      const settings: ConnectionSettings = { vmHost, gatewayVm, backendSwitch, directRoutingMode, frontEndServerAddress, vpnServerAddress, maxVmNetworks: directRoutingMode ? 1 : most };
      expect(readConnectionString(writeConnectionString(settings))).toEqual(settings);
    }));
  });
});
