/** Where *Show me* leads. */
import type { ReadinessItem } from '../../../shared/contract/readiness.ts';
import type { ConsoleWindow } from '../../shell/consoleState.ts';
import type { View } from '../../shell/views.ts';

export interface GuideAction {
  readonly view: View;
  readonly window?: ConsoleWindow;
}

/** A page, and where it helps the window over it. */
export function actionOf({ place, objectId }: Pick<ReadinessItem, 'place' | 'objectId'>): GuideAction {
  switch (place) {
    case 'logicalNetworks':
    case 'vmNetworks':
    case 'networkServices':
    case 'virtualMachines':
      return { view: { kind: place } };
    case 'hosts':
      return { view: objectId === null ? { kind: 'hosts' } : { kind: 'hosts', hostId: objectId } };
    case 'addNetworkService':
      return { view: { kind: 'networkServices' }, window: { kind: 'addNetworkService' } };
    case 'networkServiceProperties':
      return { view: { kind: 'networkServices' }, ...(objectId === null ? {} : { window: { kind: 'networkServiceProperties', networkServiceId: objectId } }) };
  }
}
