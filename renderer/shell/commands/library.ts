/** Commands of the library and of virtual machines: Create on the Home tab, and what can be done with a selected object. */
import { ArrowSwap20Regular, Add24Regular, Apps20Regular, Delete20Regular, DocumentAdd20Regular, DocumentAdd24Regular, Play20Regular, Power20Regular, Settings24Regular, Stop20Regular } from '@fluentui/react-icons';
import type { VirtualMachineRow } from '../../../shared/contract/inventory.ts';
import type { ServiceTemplateRow, VmTemplateRow } from '../../../shared/contract/library.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import type { Command, RibbonGroup } from '../command.ts';
import { destroyCluster } from './clusters.ts';
import type { Console } from '../console.tsx';

type Open = Pick<Console, 'open'>;

interface Power {
  readonly startOperation: (operationId: OperationId, input: unknown) => void;
}

/** `template`: the one to create it from. */
export function createVirtualMachine({ open }: Open, template?: VmTemplateRow): Command {
  return {
    id: 'virtualMachine.create',
    label: 'Create Virtual Machine',
    icon: Add24Regular,
    disabledReason: undefined,
    description: template === undefined ? 'From a VM template' : `From ${template.name}`,
    run: () => open({ kind: 'createVirtualMachine', ...(template === undefined ? {} : { vmTemplateId: template.id }) }),
  };
}

export function createVmTemplate({ open }: Open): Command {
  return { id: 'vmTemplate.create', label: 'Create VM Template', icon: DocumentAdd24Regular, disabledReason: undefined, description: 'From an image of the library', run: () => open({ kind: 'createVmTemplate' }) };
}

export function createServiceTemplate({ open }: Open, template?: VmTemplateRow): Command {
  const tooNew = template?.generation === 2 ? `${template.name} is of generation 2, which service templates do not support.` : undefined;
  return {
    id: 'serviceTemplate.create',
    label: 'Create Service Template',
    icon: template === undefined ? Apps20Regular : DocumentAdd20Regular,
    disabledReason: tooNew,
    description: 'A tier of machines from a VM template of generation 1',
    run: () => open({ kind: 'createServiceTemplate', ...(template === undefined ? {} : { vmTemplateId: template.id }) }),
  };
}

export function vmTemplateGroups(row: VmTemplateRow, { open }: Open): readonly RibbonGroup[] {
  const properties: Command = {
    id: 'vmTemplate.properties',
    label: 'Properties',
    icon: Settings24Regular,
    disabledReason: undefined,
    description: `Image, hardware and network adapters of ${row.name}`,
    shortcut: 'Alt+Enter',
    run: () => open({ kind: 'vmTemplateProperties', vmTemplateId: row.id }),
  };
  const remove: Command = {
    id: 'vmTemplate.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: undefined,
    description: `Remove ${row.name} from the library`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: 'vmTemplate.delete', input: { vmTemplate: row.id }, name: row.name, what: 'VM template', consequence: 'Virtual machines that were made from it stay.' }),
  };
  return [
    { caption: 'Create', large: [createVirtualMachine({ open }, row)], small: [createServiceTemplate({ open }, row)] },
    { caption: 'Delete', large: [], small: [remove] },
    { caption: 'Properties', large: [properties], small: [] },
  ];
}

export function serviceTemplateGroups(row: ServiceTemplateRow, { open }: Open): readonly RibbonGroup[] {
  const remove: Command = {
    id: 'serviceTemplate.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: undefined,
    description: `Remove ${row.name} from the library`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: 'serviceTemplate.delete', input: { serviceTemplate: row.id }, name: row.name, what: 'service template', consequence: 'Its VM template stays.' }),
  };
  return [{ caption: 'Delete', large: [], small: [remove] }];
}

/** Power and Delete of a virtual machine. */
export function virtualMachineGroups(row: VirtualMachineRow, { open, startOperation }: Open & Power): readonly RibbonGroup[] {
  const isOff = row.running ? undefined : `${row.name} is stopped already.`;
  const power = (id: string, label: string, icon: Command['icon'], disabledReason: string | undefined, description: string, operationId: OperationId, more: object = {}): Command => ({
    id: `virtualMachine.${id}`,
    label,
    icon,
    disabledReason,
    description,
    run: () => startOperation(operationId, { virtualMachine: row.id, ...more }),
  });
  const remove: Command = {
    id: 'virtualMachine.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: row.running ? `${row.name} is running. Shut it down first.` : undefined,
    description: `Delete ${row.name} and give back its addresses`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: 'virtualMachine.delete', input: { virtualMachine: row.id }, name: row.name, what: 'virtual machine', consequence: 'Its files are deleted, and its addresses can be given again.' }),
  };
  const migrate: Command = {
    id: 'virtualMachine.migrate',
    label: 'Migrate Virtual Machine',
    icon: ArrowSwap20Regular,
    disabledReason: row.cluster === null ? undefined : `${row.name} is a node of guest cluster ${row.cluster}.`,
    description: `Move ${row.name} to another host; it keeps its addresses`,
    run: () => open({ kind: 'migrateVirtualMachine', machine: { id: row.id, name: row.name, host: row.host } }),
  };
  return [
    {
      caption: 'Power',
      large: [],
      small: [
        power('start', 'Start', Play20Regular, row.running ? `${row.name} is running already.` : undefined, `Start ${row.name}`, 'virtualMachine.start'),
        power('shutDown', 'Shut Down', Power20Regular, isOff, `Shut down the guest of ${row.name}`, 'virtualMachine.stop'),
        power('powerOff', 'Power Off', Stop20Regular, isOff, `Switch ${row.name} off without asking its guest`, 'virtualMachine.stop', { powerOff: true }),
      ],
    },
    { caption: 'Move', large: [], small: [migrate] },
    { caption: 'Delete', large: [], small: [remove, ...destroyCluster('guestCluster', row.cluster, { open })] },
  ];
}
