/** Where the command of a hint leads. */
import type { GatewayHint } from '../../../shared/contract/gatewayHints.ts';
import type { ConsoleWindow } from '../../shell/consoleState.ts';
import type { View } from '../../shell/views.ts';

export interface HintAction {
  /** On the button. */
  readonly label: string;
  /** The page behind the window, where the window does not stand alone. */
  readonly view?: View;
  readonly window?: ConsoleWindow;
}

export function actionOfHint({ place, objectId }: Pick<GatewayHint, 'place' | 'objectId'>): HintAction {
  switch (place) {
    case 'networkServiceProperties':
      return { label: 'Properties', window: { kind: 'networkServiceProperties', networkServiceId: objectId } };
    case 'ipPoolProperties':
      return { label: 'Pool properties', window: { kind: 'ipPoolProperties', ipPoolId: objectId } };
    case 'hostProperties':
      return { label: 'Host properties', window: { kind: 'hostProperties', hostId: objectId, page: 'hostAccess' } };
    case 'guest':
      return { label: 'Inside the VM', window: { kind: 'guest', virtualMachineId: objectId } };
    case 'virtualMachines':
      return { label: 'Virtual machines', view: { kind: 'virtualMachines' } };
  }
}
