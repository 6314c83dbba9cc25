import { expect, it } from 'vitest';
import { changeVmNetworkInputSchema } from '../../../shared/contract/vmNetworkOperations.ts';
import { emptySubnet, generalInput, isGeneralChanged, type GeneralForm } from './generalForm.ts';

const before: GeneralForm = { name: 'Fabrikam', description: '', subnets: [{ vmSubnet: 's1', name: 'Web', subnet: '10.30.1.0/24' }] };

it('only what was changed is asked for, as the contract takes it', () => {
  expect([isGeneralChanged(before, before), generalInput(before, before)]).toEqual([false, {}]);
  expect(generalInput({ ...before, description: 'Bath' }, before)).toEqual({ description: 'Bath' });
  const form = { ...before, subnets: [...before.subnets, { ...emptySubnet, name: 'Data', subnet: '10.30.2.0/24' }] };
  expect(changeVmNetworkInputSchema.parse({ vmNetwork: 'n', ...generalInput(form, before) })).toEqual({ vmNetwork: 'n', subnets: [{ vmSubnet: 's1', name: 'Web', subnet: '10.30.1.0/24' }, { vmSubnet: '', name: 'Data', subnet: '10.30.2.0/24' }] });
});
