import { describe, expect, it } from 'vitest';
import { newSite } from '../logical-network/form.ts';
import { emptyForm, formOf, toChangeInput, toCreateInput, totalAddresses, withNetwork, withSubnet } from './form.ts';

describe('Create IP Pool', () => {
  it('has the whole subnet ready, and keeps what was typed', () => {
    const form = withSubnet(emptyForm({ logicalNetworkId: 'n' }), '203.0.113.0/24');
    expect(form).toMatchObject({ rangeStart: '203.0.113.1', rangeEnd: '203.0.113.254' });
    expect(withSubnet(form, '10.0.0.0/30')).toMatchObject({ rangeStart: '10.0.0.1', rangeEnd: '10.0.0.2' });
    expect(withSubnet({ ...form, rangeEnd: '203.0.113.99' }, '10.0.0.0/30')).toMatchObject({ rangeStart: '203.0.113.1', rangeEnd: '203.0.113.99' });
  });

  it('begins behind the distributed router in a VM subnet', () => {
    expect(withSubnet(emptyForm({ vmNetworkId: 'v' }), '10.30.1.0/24')).toMatchObject({ rangeStart: '10.30.1.2', rangeEnd: '10.30.1.254' });
  });

  it('counts the addresses of a range', () => {
    expect(totalAddresses({ rangeStart: '10.0.0.4', rangeEnd: '10.0.1.3' })).toBe(256);
    expect(totalAddresses({ rangeStart: '10.0.0.4', rangeEnd: '10.0.0.3' })).toBeNull();
    expect(totalAddresses({ rangeStart: '', rangeEnd: 'x' })).toBeNull();
  });

  it('sends the site, the new site, or the VM subnet', () => {
    const form = { ...emptyForm({ logicalNetworkId: 'n' }), networkSite: 's', subnet: '10.0.0.0/8' };
    expect(toCreateInput(form)).toMatchObject({ logicalNetwork: 'n', networkSite: 's', subnet: '10.0.0.0/8' });
    const made = { ...newSite('Corp', [], ['g']), subnets: [{ vlan: '', secondaryVlan: '', subnet: '10.1.0.0/16' }] };
    expect(toCreateInput({ ...form, newSite: made })).toMatchObject({ newSite: { name: 'Corp_0', hostGroups: ['g'] }, subnet: '' });
    expect(toCreateInput({ ...form, newSite: made })).not.toHaveProperty('networkSite');
    expect(toCreateInput({ ...emptyForm({ vmNetworkId: 'v' }), vmSubnet: 'u' })).toMatchObject({ vmNetwork: 'v', vmSubnet: 'u' });
    expect(withNetwork({ ...form, newSite: made }, 'other')).toMatchObject({ networkSite: '', subnet: '', newSite: null });
  });

  it('does not take an empty metric for an automatic one', () => {
    const gateways = [{ address: '10.0.0.1', metric: '', isAutomatic: true }, { address: '10.0.0.2', metric: '', isAutomatic: false }];
    expect(toCreateInput({ ...emptyForm({}), gateways }).gateways?.map(({ metric }) => metric)).toEqual(['', 'no metric']);
  });
});

describe('Properties of an IP pool', () => {
  const settings = { rangeStart: '10.0.0.4', rangeEnd: '10.0.0.9', vips: '', reserved: '', gateways: [{ address: '10.0.0.1', metric: '' }], dnsServers: [], dnsSuffix: '', dnsSearchSuffixes: [], winsServers: [], enableNetbios: false };
  const before = formOf({ id: 'p', name: 'P', description: '', place: '', subnet: '10.0.0.0/24', isVmSubnet: false, settings, addresses: [], allocated: 0 });

  it('send only what was changed', () => {
    expect(toChangeInput('p', before, before)).toEqual({ ipAddressPool: 'p' });
    expect(toChangeInput('p', { ...before, name: 'Q' }, before)).toEqual({ ipAddressPool: 'p', name: 'Q' });
    expect(toChangeInput('p', { ...before, dnsServers: ['192.0.2.53'] }, before)).toEqual({ ipAddressPool: 'p', settings: { ...settings, dnsServers: ['192.0.2.53'] } });
  });
});
