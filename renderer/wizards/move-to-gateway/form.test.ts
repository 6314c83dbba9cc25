import { expect, it } from 'vitest';
import type { Connectivity } from '../../../shared/contract/inventory.ts';
import { previewFacts, presentGateway, unavailable } from './form.ts';

const gateway = { id: 'g1', name: 'Gateway01', vmName: 'GatewayVM01', unavailableReason: null, supportsNat: true, supportsVpn: true, supportsDirectRouting: false, vpnEndpoint: null, tunnelsInUse: 0, tunnelsMaximum: 200, vmNetworksInUse: 0, vmNetworksMaximum: 50, pools: [] };
const options = (routing: 'NAT' | 'Direct'): Connectivity => ({ vmNetwork: { id: 'n', name: 'Fabrikam' }, gateways: [gateway], current: { directConnection: { routing, gatewayDevice: 'g1' }, vpnTunnel: null, autonomousSystemNumber: '' } });

it('offers the gateways that do what the VM network needs', () => {
  expect(presentGateway(options('NAT'))).toBe('g1');
  expect(unavailable(gateway, options('NAT'))).toBeNull();
  expect(unavailable(gateway, options('Direct'))).toMatch(/no forwarding gateway/);
  expect(unavailable({ ...gateway, supportsNat: false, supportsDirectRouting: true }, options('NAT'))).toMatch(/forwarding gateway/);
  expect(unavailable({ ...gateway, unavailableReason: 'It is full.' }, options('NAT'))).toBe('It is full.');
});

it('says what comes along, and what the other side has to be told', () => {
  const comesAlong = { externalAddress: { before: '203.0.113.20', after: '203.0.113.20' }, furtherAddresses: [{ before: '203.0.113.21', after: '198.18.0.11' }], natRules: ['HTTPS'], vpnConnections: [{ name: 'Office', remoteEndpoint: '198.51.100.20', routes: 1 }], bgpPeers: ['Edge'], endpoint: { before: '203.0.113.10', after: '203.0.113.30' } };
  expect(previewFacts({ problems: [], comesAlong })).toEqual([
    { label: 'External NAT address', value: '203.0.113.20, as now' },
    { label: 'External NAT address 2', value: '198.18.0.11 instead of 203.0.113.21' },
    { label: 'NAT rules', value: 'HTTPS' },
    { label: 'VPN connections', value: 'Office to 198.51.100.20, 1 route' },
    { label: 'BGP peers', value: 'Edge' },
    { label: 'Tell the other side', value: 'The VPN devices have to dial 203.0.113.30 instead of 203.0.113.10' },
  ]);
  expect(previewFacts({ problems: [], comesAlong: { ...comesAlong, externalAddress: { before: '203.0.113.20', after: '198.18.0.11' } } })[0]?.value).toBe('198.18.0.11 instead of 203.0.113.20');
  expect(previewFacts({ problems: [], comesAlong: null })).toEqual([]);
});
