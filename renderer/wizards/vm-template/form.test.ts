import { describe, expect, it } from 'vitest';
import { emptyForm, formOf, isTyped, toChangeInput, toCreateInput, withImage } from './form.ts';

describe('the form of a VM template', () => {
  it('takes the generation that its image boots in', () => {
    expect(withImage(emptyForm, { id: 'bios', generation: 1 })).toMatchObject({ image: 'bios', generation: 1 });
    expect(withImage(emptyForm, undefined)).toBe(emptyForm);
    expect(isTyped(emptyForm, emptyForm)).toBe(false);
    expect(isTyped({ ...emptyForm, name: 'T' }, emptyForm)).toBe(true);
  });

  it('is what the operation takes; the generation of a template stays as it is', () => {
    const form = formOf({
      id: 't', name: 'T', description: 'D', generation: 1, image: 'a.vhd', imageId: 'i', operatingSystem: 'OS', memoryMb: 1024, processors: 4, serviceTemplates: [],
      adapters: [{ connection: 'logicalNetwork', network: 'e', networkName: 'External' }],
    });
    const adapters = [{ connection: 'logicalNetwork', network: 'e' }];
    expect(toCreateInput(form)).toEqual({ name: 'T', description: 'D', image: 'i', generation: 1, memoryMb: 1024, processors: 4, adapters });
    expect(toChangeInput('t', form)).toEqual({ vmTemplate: 't', name: 'T', description: 'D', image: 'i', memoryMb: 1024, processors: 4, adapters });
  });
});
