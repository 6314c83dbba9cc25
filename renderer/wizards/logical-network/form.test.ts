import { describe, expect, it } from 'vitest';
import { emptyForm, formOf, newSite, siteSummary, toChangeInput, toCreateInput, withKind } from './form.ts';

describe('Create Logical Network', () => {
  it('proposes the lowest free number behind the name of the network', () => {
    const first = newSite('Corp', [], ['all']);
    expect(first).toMatchObject({ name: 'Corp_0', hostGroups: ['all'], subnets: [{ vlan: '', subnet: '' }] });
    expect(newSite('Corp', [{ ...first, name: 'CORP_0' }, { ...first, name: 'Corp_2' }], []).name).toBe('Corp_1');
  });

  it('clears the two check boxes when the kind has none', () => {
    const form = withKind({ ...emptyForm, networkVirtualization: true, createVmNetwork: true }, 'privateVlan');
    expect(form).toMatchObject({ kind: 'privateVlan', networkVirtualization: false, createVmNetwork: false });
    expect(withKind(form, 'oneConnected').kind).toBe('oneConnected');
  });

  it('sends a secondary VLAN only where there is one', () => {
    const site = { ...newSite('Corp', [], ['all']), subnets: [{ vlan: '7', secondaryVlan: '8', subnet: '10.0.0.0/8' }] };
    const sent = (kind: 'oneConnected' | 'privateVlan') => toCreateInput({ ...emptyForm, name: 'Corp', kind, sites: [site] }).sites?.[0]?.subnets?.[0];
    expect(sent('oneConnected')).toEqual({ vlan: '7', secondaryVlan: '', subnet: '10.0.0.0/8' });
    expect(sent('privateVlan')).toMatchObject({ secondaryVlan: '8' });
  });

  it('tells a site in one line', () => {
    const site = newSite('Corp', [], []);
    expect(siteSummary({ ...site, subnets: [{ vlan: '7', secondaryVlan: '', subnet: '10.0.0.0/8' }, { vlan: '', secondaryVlan: '', subnet: '192.168.0.0/24' }] })).toBe('Corp_0: 10.0.0.0/8 VLAN 7, 192.168.0.0/24');
  });
});

describe('Properties of a logical network', () => {
  const before = formOf({ id: 'n', name: 'Corp', description: '', kind: 'oneConnected', networkVirtualization: false, dependants: [], sites: [{ id: 's', name: 'Corp_0', hostGroupIds: ['all'], subnets: [{ id: 'x', vlan: '', secondaryVlan: '', subnet: '10.0.0.0/8' }], users: ['Pool'] }] });

  it('send what was changed, and all sites as soon as one is', () => {
    expect(toChangeInput('n', before, before)).toEqual({ logicalNetwork: 'n' });
    expect(toChangeInput('n', { ...before, networkVirtualization: true }, before)).toEqual({ logicalNetwork: 'n', networkVirtualization: true });
    const sites = [...before.sites, newSite('Corp', before.sites, ['all'])];
    expect(toChangeInput('n', { ...before, sites }, before).sites?.map(({ networkSite, name }) => [networkSite, name])).toEqual([['s', 'Corp_0'], ['', 'Corp_1']]);
  });
});
