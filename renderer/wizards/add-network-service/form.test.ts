import { describe, expect, it } from 'vitest';
import { emptyForm, isTyped, toInput, withManufacturer, withModel } from './form.ts';

describe('the form of the Add Network Service Wizard', () => {
  it('starts with the gateway that can be added, and nothing typed', () => {
    expect(isTyped(emptyForm)).toBe(false);
    expect(toInput(emptyForm)).toMatchObject({ model: 'Microsoft Windows Server Gateway', configurationProvider: 'Microsoft Windows Server Gateway Provider' });
    expect(isTyped({ ...emptyForm, name: 'W' })).toBe(true);
  });

  it('takes a model of the chosen manufacturer, and no provider where there is none', () => {
    const other = withManufacturer(emptyForm, 'F5');
    expect(other.model).toBe('HNV gateway of BIG-IP');
    expect(other.configurationProvider).toBe('');
    expect(withManufacturer(other, 'Microsoft')).toEqual(emptyForm);
    expect(withModel(emptyForm, 'Windows Server 2012 Gateway').configurationProvider).toBe('');
  });
});
