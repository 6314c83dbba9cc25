/** Commands of MAC address pools, port profiles and logical switches. */
import { Delete20Regular, NumberSymbolSquare20Regular, Organization20Regular, PlugConnected20Regular } from '@fluentui/react-icons';
import type { FabricObjectKind, FabricObjectRow } from '../../../shared/contract/networking.ts';
import type { Command, RibbonGroup } from '../command.ts';
import type { Console } from '../console.tsx';

type Open = Pick<Console, 'open'>;

export const fabricObjectNames: Readonly<Record<FabricObjectKind, string>> = { macAddressPool: 'MAC Address Pool', logicalSwitch: 'Logical Switch', uplinkPortProfile: 'Port Profile' };

const icons = { macAddressPool: NumberSymbolSquare20Regular, logicalSwitch: Organization20Regular, uplinkPortProfile: PlugConnected20Regular } as const;

const windows = { macAddressPool: { kind: 'createMacAddressPool' }, logicalSwitch: { kind: 'createLogicalSwitch' }, uplinkPortProfile: { kind: 'createUplinkPortProfile' } } as const;

const descriptions: Readonly<Record<FabricObjectKind, string>> = {
  macAddressPool: 'Static MAC addresses for the virtual machines of host groups',
  logicalSwitch: 'What virtual switches of hosts are instances of',
  uplinkPortProfile: 'Which network sites a logical switch carries, and whether with network virtualization',
};

/** Home › Create, where such objects are shown. */
export function createFabricObject(kind: FabricObjectKind, { open }: Open): Command {
  return { id: `${kind}.create`, label: `Create ${fabricObjectNames[kind]}`, icon: icons[kind], disabledReason: undefined, description: descriptions[kind], run: () => open(windows[kind]) };
}

export function fabricObjectGroups({ id, kind, name }: FabricObjectRow, { open }: Open): readonly RibbonGroup[] {
  const remove: Command = {
    id: 'fabricObject.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: undefined,
    description: `Delete ${name}; what uses it is named first`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: `${kind}.delete`, input: { [kind]: id }, name, what: fabricObjectNames[kind].toLowerCase().replace('mac', 'MAC') }),
  };
  return [{ caption: 'Delete', large: [], small: [remove] }];
}
