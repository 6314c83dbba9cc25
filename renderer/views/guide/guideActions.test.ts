import { describe, expect, it } from 'vitest';
import { readinessPlaces } from '../../../shared/contract/readiness.ts';
import { viewSchema } from '../../shell/views.ts';
import { actionOf } from './guideActions.ts';

describe('Show me', () => {
  it.each(readinessPlaces)('%s leads to a page that exists, with or without an object', (place) => {
    for (const objectId of [null, 'x']) expect(viewSchema.parse(actionOf({ place, objectId }).view)).toBeDefined();
  });

  it('opens the Properties of the gateway that is there, and the wizard where there is none', () => {
    expect(actionOf({ place: 'networkServiceProperties', objectId: 'g' }).window).toEqual({ kind: 'networkServiceProperties', networkServiceId: 'g' });
    expect(actionOf({ place: 'networkServiceProperties', objectId: null }).window).toBeUndefined();
    expect(actionOf({ place: 'addNetworkService', objectId: null }).window).toEqual({ kind: 'addNetworkService' });
  });
});
