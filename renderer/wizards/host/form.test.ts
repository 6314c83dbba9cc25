import { describe, expect, it } from 'vitest';
import type { HostProperties } from '../../../shared/contract/inventory.ts';
import { emptyForm, formOf, isChanged, toAddInput, toChangeInput } from './form.ts';

const host: HostProperties = {
  id: 'h1',
  name: 'HyperV01.contoso.lab',
  hostGroupId: 'dc',
  hostGroup: 'Contoso-DC',
  runAsAccountId: null,
  isVirtual: false,
  isDedicatedGateway: false,
  nic: { name: 'NIC1', mac: '00-15-5D-28-01-01' },
  virtualSwitches: [{ id: 's1', name: 'HNV_Switch', users: ['VM01 (Ethernet)'] }],
  virtualMachines: ['VM01'],
  networkServices: [],
};

describe('Properties of a host', () => {
  it('send nothing that was not changed', () => {
    const before = formOf(host);
    expect(isChanged(before, before)).toBe(false);
    expect(toChangeInput('h1', { ...before, isDedicatedGateway: true }, before)).toEqual({ host: 'h1', isDedicatedGateway: true });
    expect(toChangeInput('h1', { ...before, runAsAccount: 'a' }, before)).toEqual({ host: 'h1', runAsAccount: 'a' });
  });

  it('send all switches as soon as one is changed, those that stay by their ids', () => {
    const before = formOf(host);
    const form = { ...before, switches: [...before.switches, { id: '', name: 'New', users: [] }] };
    expect(toChangeInput('h1', form, before)).toEqual({ host: 'h1', virtualSwitches: [{ virtualSwitch: 's1', name: 'HNV_Switch' }, { virtualSwitch: '', name: 'New' }] });
    expect(toChangeInput('h1', { ...before, switches: [] }, before)).toEqual({ host: 'h1', virtualSwitches: [] });
  });
});

it('Add Host sends the names of the switches', () => {
  const form = { ...emptyForm('dc'), name: 'H', switches: [{ id: '', name: 'A', users: [] }] };
  expect(toAddInput(form)).toEqual({ name: 'H', isVirtual: false, runAsAccount: '', hostGroup: 'dc', isDedicatedGateway: false, nic: 'NIC1', virtualSwitches: ['A'] });
});
