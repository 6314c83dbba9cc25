import { describe, expect, it } from 'vitest';
import type { NetworkServiceProperties } from '../../../shared/contract/inventory.ts';
import { initialForm, operationsOf } from './form.ts';

const choice = (id: string, unavailableReason: string | null = null) => ({ id, name: id, unavailableReason });
const properties: NetworkServiceProperties = {
  id: 'g', name: 'Gateway01', description: '', manufacturer: 'Microsoft', model: 'M', connectionString: 'VMHost=h;GatewayVM=g', runAsAccountId: 'a', hostGroupIds: ['1'], vmName: 'g', vmNetworks: [],
  connections: [
    { connectionType: 'FrontEnd', current: null, networkAdapters: [{ ...choice('External'), place: '' }, { ...choice('Backend', 'no switch'), place: '' }], networkSites: [{ ...choice('Ext_0'), logicalNetwork: 'Ext' }, { ...choice('Mgmt_0'), logicalNetwork: 'Mgmt' }] },
    { connectionType: 'BackEnd', current: { networkAdapterId: 'Backend', networkSiteId: 'HNV_0' }, networkAdapters: [], networkSites: [] },
  ],
};
const form = initialForm(properties);

describe('Properties of a gateway device', () => {
  it('chooses what is the only choice, and nothing where there are two', () => {
    expect(form.connections.FrontEnd).toEqual({ isEnabled: false, networkAdapter: 'External', networkSite: '' });
    expect(form.connections.BackEnd).toEqual({ isEnabled: true, networkAdapter: 'Backend', networkSite: 'HNV_0' });
  });

  it('starts nothing when nothing was changed', () => {
    expect(operationsOf(form, properties)).toEqual([]);
    expect(operationsOf({ ...form, hostGroups: ['1'] }, properties)).toEqual([]);
  });

  it('updates the device first, then enables and disables connections', () => {
    const changed = {
      ...form,
      connectionString: 'VMHost=h;GatewayVM=g;BackendSwitch=s',
      connections: { FrontEnd: { isEnabled: true, networkAdapter: 'External', networkSite: 'Ext_0' }, BackEnd: { ...form.connections.BackEnd, isEnabled: false } },
    };
    expect(operationsOf(changed, properties).map(({ operationId, input }) => [operationId, input])).toEqual([
      ['networkService.change', { networkService: 'g', connectionString: 'VMHost=h;GatewayVM=g;BackendSwitch=s' }],
      ['networkService.addConnection', { networkService: 'g', connectionType: 'FrontEnd', networkAdapter: 'External', networkSite: 'Ext_0' }],
      ['networkService.removeConnection', { networkService: 'g', connectionType: 'BackEnd' }],
    ]);
  });
});
