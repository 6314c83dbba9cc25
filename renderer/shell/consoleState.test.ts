import { describe, expect, it } from 'vitest';
import { currentSelection, initialState, reduce, type ConsoleState, type Selection } from './consoleState.ts';

const fabrikam: Selection = {
  kind: 'vmNetwork',
  row: { id: 'f', name: 'Fabrikam', logicalNetwork: 'LN', subnets: [], gatewayConnection: null, externalAddress: null, furtherExternalAddresses: [], virtualMachines: 0, kind: 'vmNetwork', parentId: null, hasPools: false, beginAddress: '', endAddress: '', availableAddresses: null },
};
const start = initialState({ kind: 'vmNetworks' });

function after(...actions: Parameters<typeof reduce>[1][]): ConsoleState {
  return actions.reduce(reduce, start);
}

describe('the state of the console', () => {
  it('finds the selection again when the operator comes back', () => {
    const away = after({ type: 'select', selection: fabrikam }, { type: 'navigate', view: { kind: 'hosts' } });
    expect(currentSelection(away)).toBeNull();
    expect(currentSelection(reduce(away, { type: 'navigate', view: { kind: 'vmNetworks' } }))).toBe(fabrikam);
  });

  it('remembers the last view of each workspace', () => {
    const state = after({ type: 'navigate', view: { kind: 'networkServices' } }, { type: 'navigate', view: { kind: 'jobs' } });
    expect(state.lastViews).toEqual({ vmsAndServices: { kind: 'vmNetworks' }, fabric: { kind: 'networkServices' }, jobs: { kind: 'jobs' } });
  });

  it('has one Jobs window, turned to the job opened last, but several pings', () => {
    const state = after(
      { type: 'open', window: { kind: 'jobs' } },
      { type: 'open', window: { kind: 'ping', virtualMachineId: 'a' } },
      { type: 'open', window: { kind: 'jobs', jobId: 'j' } },
      { type: 'open', window: { kind: 'ping', virtualMachineId: 'b' } },
    );
    expect(state.windows.map(({ window }) => window)).toEqual([
      { kind: 'ping', virtualMachineId: 'a' },
      { kind: 'jobs', jobId: 'j' },
      { kind: 'ping', virtualMachineId: 'b' },
    ]);
  });

  it('closes exactly the window asked for', () => {
    const state = after({ type: 'open', window: { kind: 'about' } }, { type: 'open', window: { kind: 'shortcuts' } });
    const [first] = state.windows;
    expect(reduce(state, { type: 'close', number: first?.number ?? -1 }).windows.map(({ window }) => window.kind)).toEqual(['shortcuts']);
  });

  it('clears a selection', () => {
    expect(currentSelection(after({ type: 'select', selection: fabrikam }, { type: 'select', selection: null }))).toBeNull();
  });
});
