import { describe, expect, it } from 'vitest';
import { problem } from '../../../shared/contract/errors.ts';
import type { ConnectivityOptions } from '../../../shared/contract/inventory.ts';
import { setConnectivityInputSchema } from '../../../shared/contract/operations.ts';
import { canUse, initialForm, isChanged, problemsByField, toInput, withGateway, withRouting } from './connectivityForm.ts';

const pool = { id: 'p1', name: 'Pool', range: '203.0.113.10 to 203.0.113.99', available: 90 };
const gateway = { id: 'g1', name: 'Gateway01', vmName: 'GatewayVM01', unavailableReason: null, supportsNat: true, supportsDirectRouting: false, vmNetworksInUse: 0, vmNetworksMaximum: 50, pools: [pool] };
const full = { ...gateway, id: 'g0', name: 'Gateway00', unavailableReason: 'It already serves 50 VM networks, the most that it may.' };
const options: ConnectivityOptions = { vmNetwork: { id: 'n', name: 'Fabrikam' }, current: null, gateways: [full, gateway] };
const connected: ConnectivityOptions = { ...options, current: { routing: 'NAT', gatewayDeviceId: 'g1', ipAddressPoolId: 'p1', ipAddress: '203.0.113.10' } };

describe('the Connectivity form', () => {
  it('stands ready with the first gateway that can be chosen, but not connected', () => {
    expect(initialForm(options)).toEqual({ isDirect: false, routing: 'NAT', gatewayDevice: 'g1', ipAddressPool: 'p1', ipAddress: '' });
  });

  it('leaves the address to VMM when none is typed', () => {
    const input = toInput({ ...initialForm(options), isDirect: true, ipAddress: '  ' }, 'n');
    expect(setConnectivityInputSchema.parse(input)).toEqual({ vmNetwork: 'n', directConnection: { routing: 'NAT', gatewayDevice: 'g1', ipAddressPool: 'p1' } });
  });

  it('disconnects when the box is cleared, whatever else stands in the form', () => {
    expect(toInput({ ...initialForm(connected), isDirect: false }, 'n')).toEqual({ vmNetwork: 'n', directConnection: null });
  });

  it('starts pool and address anew with another gateway', () => {
    expect(withGateway(initialForm(connected), { ...gateway, id: 'g2', pools: [] })).toEqual({ isDirect: true, routing: 'NAT', gatewayDevice: 'g2', ipAddressPool: '', ipAddress: '' });
  });

  it('brings a forwarding gateway with direct routing, and the other one back with NAT', () => {
    const forwarding = { ...gateway, id: 'f1', name: 'Forwarding01', supportsNat: false, supportsDirectRouting: true };
    const both: ConnectivityOptions = { ...options, gateways: [gateway, forwarding] };
    expect(canUse(forwarding, 'NAT')).toBe(false);
    const direct = withRouting({ ...initialForm(both), isDirect: true, ipAddress: '203.0.113.20' }, 'Direct', both);
    expect(direct).toMatchObject({ routing: 'Direct', gatewayDevice: 'f1', ipAddress: '' });
    expect(setConnectivityInputSchema.parse(toInput(direct, 'n'))).toEqual({ vmNetwork: 'n', directConnection: { routing: 'Direct', gatewayDevice: 'f1' } });
    expect(withRouting(direct, 'NAT', both)).toMatchObject({ routing: 'NAT', gatewayDevice: 'g1', ipAddressPool: 'p1' });
    expect(isChanged(direct, { ...both, current: { routing: 'Direct', gatewayDeviceId: 'f1', ipAddressPoolId: '', ipAddress: '' } })).toBe(false);
    expect(initialForm({ ...options, gateways: [forwarding] })).toMatchObject({ routing: 'Direct', gatewayDevice: 'f1' });
  });

  it('knows whether anything was changed', () => {
    expect(isChanged(initialForm(connected), connected)).toBe(false);
    expect(isChanged({ ...initialForm(options), ipAddress: '203.0.113.20' }, options)).toBe(false);
    expect(isChanged({ ...initialForm(options), isDirect: true }, options)).toBe(true);
    expect(isChanged({ ...initialForm(connected), ipAddress: '203.0.113.20' }, connected)).toBe(true);
    expect(isChanged({ ...initialForm(connected), isDirect: false }, connected)).toBe(true);
  });

  it('puts a problem at its field and keeps the others', () => {
    const used = problem('addressInUse', ['directConnection', 'ipAddress'], 'used', 'another');
    const gone = problem('objectNotFound', ['vmNetwork'], 'gone', 'refresh');
    expect(problemsByField([used, gone])).toEqual({ fields: { ipAddress: used }, others: [gone] });
  });
});
