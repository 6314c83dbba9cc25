import { describe, expect, it } from 'vitest';
import type { VmTemplateDetails } from '../../../shared/contract/library.ts';
import { notConnected } from '../network-adapters/adapterForm.ts';
import { adaptersNow, emptyForm, starText, toInput, toPlacement, withTemplate } from './form.ts';

const template: VmTemplateDetails = {
  id: 't', name: 'T', description: '', generation: 2, image: 'a.vhdx', imageId: 'i', operatingSystem: 'OS', memoryMb: 1024, processors: 1, serviceTemplates: [],
  adapters: [{ connection: 'logicalNetwork', network: 'e', networkName: 'External' }],
};

describe('the form of the Create Virtual Machine Wizard', () => {
  it('shows the adapters of its template, and leaves them to it until one is changed', () => {
    const form = emptyForm('t');
    expect(adaptersNow(form, template).map(({ networkName }) => networkName)).toEqual(['External']);
    expect(toInput(form)).toEqual({ vmTemplate: 't', name: '', role: 'tenant', host: '', start: true });
    const changed = { ...form, adapters: [notConnected] };
    expect(adaptersNow(changed, template)).toEqual([notConnected]);
    expect(toInput(changed).adapters).toEqual([{ connection: 'notConnected', network: '', vmSubnet: '', ipAddress: '' }]);
  });

  it('takes the adapters of another template with it, but not those of the one before', () => {
    const changed = { ...emptyForm('t'), adapters: [notConnected] };
    expect(withTemplate(changed, 't')).toBe(changed);
    const other = withTemplate(changed, 'u');
    expect(other.adapters).toBeNull();
    expect(adaptersNow(other, template)).toEqual([]);
  });

  it('asks for hosts for the adapters that are shown', () => {
    expect(toPlacement({ ...emptyForm('t'), role: 'gateway' }, adaptersNow(emptyForm('t'), template))).toEqual({ role: 'gateway', adapters: [{ connection: 'logicalNetwork', network: 'e', vmSubnet: '', ipAddress: '' }] });
  });

  it.each([[0, '☆☆☆☆☆'], [4, '★★★★☆'], [5, '★★★★★']])('%i stars', (stars, text) => {
    expect(starText(stars)).toBe(text);
  });
});
