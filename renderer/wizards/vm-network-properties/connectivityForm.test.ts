import { describe, expect, it } from 'vitest';
import { setConnectivityInputSchema } from '../../../shared/contract/connectivity.ts';
import type { Connectivity } from '../../../shared/contract/inventory.ts';
import { externalAddressChoices, withoutExternalAddress } from './externalAddressForm.ts';
import { canUse, emptyRule, initialForm, isChanged, newConnection, toInput, withGateway, withRouting, withVpn } from './connectivityForm.ts';

const pool = { id: 'p1', name: 'Pool', range: '203.0.113.10 to 203.0.113.99', available: 90 };
const gateway = { id: 'g1', name: 'Gateway01', vmName: 'GatewayVM01', unavailableReason: null, supportsNat: true, supportsVpn: true, supportsDirectRouting: false, vpnEndpoint: '203.0.113.10', tunnelsInUse: 0, tunnelsMaximum: 200, vmNetworksInUse: 0, vmNetworksMaximum: 50, pools: [pool] };
const full = { ...gateway, id: 'g0', name: 'Gateway00', unavailableReason: 'It already serves 50 VM networks, the most that it may.' };
const forwarding = { ...gateway, id: 'g2', name: 'Forwarder', supportsNat: false, supportsVpn: false, supportsDirectRouting: true };
const off: Connectivity['current'] = { directConnection: null, vpnTunnel: null, autonomousSystemNumber: '' };
const options: Connectivity = { vmNetwork: { id: 'n', name: 'Fabrikam' }, current: off, gateways: [full, gateway] };
const rule = { ...emptyRule, id: 'r1', name: 'HTTPS', incomingPort: '443', destinationAddress: '10.30.1.4', destinationPort: '443' };
const connected: Connectivity = { ...options, current: { ...off, directConnection: { routing: 'NAT', gatewayDevice: 'g1', ipAddressPool: 'p1', ipAddress: '203.0.113.10', rules: [rule] } } };

describe('the Connectivity form', () => {
  it('stands ready with the first gateway that can be chosen, but not connected', () => {
    expect(initialForm(options)).toMatchObject({ isDirect: false, isVpn: false, routing: 'NAT', gatewayDevice: 'g1', ipAddressPool: 'p1', ipAddress: '' });
  });

  it('leaves the address to VMM when none is typed', () => {
    const before = initialForm(options);
    const input = toInput({ ...before, isDirect: true, ipAddress: '  ' }, before, 'n');
    expect(setConnectivityInputSchema.parse(input)).toEqual({ vmNetwork: 'n', directConnection: { routing: 'NAT', gatewayDevice: 'g1', ipAddressPool: 'p1' } });
  });

  it('begins with what is set, and OK waits for a change', () => {
    const before = initialForm(connected);
    expect(before).toMatchObject({ isDirect: true, routing: 'NAT', gatewayDevice: 'g1', ipAddressPool: 'p1', ipAddress: '203.0.113.10', rules: [rule] });
    expect(isChanged(before, before)).toBe(false);
    expect(isChanged({ ...before, rules: [{ ...rule, incomingPort: '8443' }] }, before)).toBe(true);
    expect(isChanged({ ...before, isDirect: false }, before)).toBe(true);
  });

  it('sends only the parts that were changed, and both when the gateway is another', () => {
    const before = initialForm(connected);
    const vpn = { ...before, isVpn: true, connections: [newConnection([], 'Fabrikam')] };
    expect(Object.keys(toInput(vpn, before, 'n'))).toEqual(['vmNetwork', 'vpnTunnel']);
    expect(Object.keys(toInput({ ...vpn, gatewayDevice: 'g9' }, vpn, 'n'))).toEqual(['vmNetwork', 'vpnTunnel', 'directConnection']);
    expect(toInput({ ...before, isDirect: false }, before, 'n')).toEqual({ vmNetwork: 'n', directConnection: null });
    expect(toInput({ ...vpn, isVpn: false }, vpn, 'n')).toEqual({ vmNetwork: 'n', vpnTunnel: null });
  });

  it('gives a new connection a name that is free, and input that the contract takes', () => {
    const first = newConnection([], 'Fabrikam');
    const second = newConnection([first], 'Fabrikam');
    expect([first.name, second.name]).toEqual(['Fabrikam VPN', 'Fabrikam VPN 2']);
    const before = initialForm(options);
    expect(setConnectivityInputSchema.safeParse(toInput({ ...before, isVpn: true, connections: [first, second], isBgp: true }, before, 'n')).success).toBe(true);
  });

  it('changes pool and address with the gateway, and the gateway with the way', () => {
    const form = { ...initialForm(connected), ipAddress: '203.0.113.20' };
    expect(withGateway(form, { ...gateway, id: 'g3', pools: [] })).toMatchObject({ gatewayDevice: 'g3', ipAddressPool: '', ipAddress: '' });
    const both: Connectivity = { ...connected, gateways: [gateway, forwarding] };
    expect(withRouting(form, 'Direct', both)).toMatchObject({ routing: 'Direct', gatewayDevice: 'g2' });
    expect(withRouting(withRouting(form, 'Direct', both), 'NAT', both)).toMatchObject({ routing: 'NAT', gatewayDevice: 'g1' });
    expect(canUse(forwarding, 'NAT')).toBe(false);
  });

  it('speaks of external addresses and rules only where they changed, and keeps a rule at its address when another one goes', () => {
    const second = { id: 'e2', ipAddressPool: 'p1', ipAddress: '203.0.113.21' };
    const third = { id: 'e3', ipAddressPool: 'p1', ipAddress: '203.0.113.22' };
    const several: Connectivity = { ...connected, current: { ...off, directConnection: { routing: 'NAT', gatewayDevice: 'g1', ipAddressPool: 'p1', ipAddress: '203.0.113.10', externalAddresses: [second, third], rules: [{ ...rule, externalAddress: 3 }] } } };
    const before = initialForm(several);
    expect(isChanged(before, before)).toBe(false);
    const partsOf = (form: typeof before) => Object.keys(toInput(form, before, 'n').directConnection ?? {}).filter((key) => key === 'rules' || key === 'externalAddresses');
    expect(partsOf({ ...before, ipAddress: '203.0.113.30' })).toEqual([]);
    expect(partsOf({ ...before, rules: [] })).toEqual(['rules']);
    expect(partsOf({ ...before, externalAddresses: [...before.externalAddresses, { ipAddressPool: '', ipAddress: ' ' }] })).toEqual(['externalAddresses']);
    const removed = withoutExternalAddress(before, 0);
    expect(setConnectivityInputSchema.parse(toInput(removed, before, 'n')).directConnection).toMatchObject({ externalAddresses: [third], rules: [{ id: 'r1', externalAddress: 2 }] });
    expect(externalAddressChoices({ ipAddress: '', externalAddresses: [third, { ipAddressPool: '', ipAddress: '' }] }).map(({ text }) => text)).toEqual(['1 (automatic)', '203.0.113.22', '3 (automatic)']);
    expect(withGateway(before, { ...gateway, id: 'g3', pools: [] }).externalAddresses).toEqual([{ id: 'e2', ipAddressPool: '', ipAddress: '' }, { id: 'e3', ipAddressPool: '', ipAddress: '' }]);
  });

  it('takes a gateway that makes tunnels when a tunnel is wanted', () => {
    const both: Connectivity = { ...options, gateways: [forwarding, gateway] };
    const form = { ...initialForm(both), gatewayDevice: 'g2', routing: 'Direct' as const };
    expect(withVpn(form, true, both)).toMatchObject({ isVpn: true, gatewayDevice: 'g1' });
    expect(withVpn({ ...form, isDirect: true }, true, both)).toMatchObject({ isVpn: true, gatewayDevice: 'g2' });
  });
});
