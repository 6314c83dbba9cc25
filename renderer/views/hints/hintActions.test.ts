import { describe, expect, it } from 'vitest';
import { hintPlaces } from '../../../shared/contract/gatewayHints.ts';
import { viewSchema } from '../../shell/views.ts';
import { actionOfHint } from './hintActions.ts';

describe('the command of a hint', () => {
  it.each(hintPlaces)('%s leads to a window with the object, or to a page that exists', (place) => {
    const { label, view, window } = actionOfHint({ place, objectId: 'the object' });
    expect(label).not.toBe('');
    if (view === undefined) expect(Object.values(window ?? {})).toContain('the object');
    else expect(viewSchema.parse(view)).toEqual(view);
  });
});
