import { describe, expect, it } from 'vitest';
import type { NetworkChoices } from '../../../shared/contract/library.ts';
import { adapterText, adaptersOf, choiceOf, notConnected, toConnections, toMachineAdapters, withNetwork } from './adapterForm.ts';

const choices: NetworkChoices = {
  vmNetworks: [{ id: 'f', name: 'Fabrikam', logicalNetwork: 'HNV', vmSubnets: [] }],
  logicalNetworks: [{ id: 'e', name: 'External' }],
  hasMore: false,
};

describe('network adapters in a form', () => {
  it('start as the template has them', () => {
    const adapters = adaptersOf({
      id: 't', name: 'T', description: '', generation: 2, image: 'a.vhdx', imageId: 'i', operatingSystem: 'OS', memoryMb: 1024, processors: 1, serviceTemplates: [],
      adapters: [{ connection: 'vmNetwork', network: 'f', networkName: 'Fabrikam' }, { connection: 'notConnected', network: '', networkName: '' }],
    });
    expect(adapters.map(adapterText)).toEqual(['Fabrikam, next free address', 'Not connected']);
    expect(toConnections(adapters)).toEqual([{ connection: 'vmNetwork', network: 'f' }, { connection: 'notConnected', network: '' }]);
  });

  it('are connected by a choice, which comes back as the same choice; what belonged to the old network is gone', () => {
    const external = withNetwork('logicalNetwork/e', choices);
    expect(choiceOf(external)).toBe('logicalNetwork/e');
    expect(toMachineAdapters([{ ...external, ipAddress: '203.0.113.20' }])).toEqual([{ connection: 'logicalNetwork', network: 'e', vmSubnet: '', ipAddress: '203.0.113.20' }]);
    expect(withNetwork('vmNetwork/f', choices)).toMatchObject({ networkName: 'Fabrikam', ipAddress: '' });
  });

  it('are not connected when the network is not there', () => {
    expect(withNetwork('notConnected/', choices)).toBe(notConnected);
    expect(withNetwork('vmNetwork/e', choices)).toBe(notConnected);
  });

  it('name a wanted address in the summary', () => {
    expect(adapterText({ ...withNetwork('vmNetwork/f', choices), ipAddress: ' 10.30.1.9 ' })).toBe('Fabrikam, 10.30.1.9');
  });
});
