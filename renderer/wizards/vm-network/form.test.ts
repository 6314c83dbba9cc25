import { expect, it } from 'vitest';
import { emptyForm, toInput, withLogicalNetwork } from './form.ts';

it('a logical network without network virtualization leaves direct access, without VM subnets', () => {
  const form = { ...withLogicalNetwork({ ...emptyForm, name: 'Net', subnets: [{ name: 'A', subnet: '10.0.0.0/24' }] }, 'n', false) };
  expect(toInput(form)).toEqual({ name: 'Net', description: '', logicalNetwork: 'n', isolation: 'NoIsolation', subnets: [] });
  expect(toInput(withLogicalNetwork(form, 'm', true))).toMatchObject({ logicalNetwork: 'm', isolation: 'WindowsNetworkVirtualization', subnets: [{ name: 'A', subnet: '10.0.0.0/24' }] });
});
