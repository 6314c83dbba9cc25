/** What the Home tab creates and adds in the workspace that is shown. */
import type { RibbonGroup } from '../command.ts';
import type { Console } from '../console.tsx';
import { workspaceOf } from '../views.ts';
import { createServiceTemplate, createVirtualMachine, createVmTemplate } from './library.ts';
import { addResourcesGroup } from './networkServices.ts';
import { createRunAsAccountGroup } from './runAsAccounts.ts';

export function createGroups({ view, open }: Pick<Console, 'open' | 'view'>): readonly RibbonGroup[] {
  switch (workspaceOf(view)) {
    case 'vmsAndServices':
      return [{ caption: 'Create', large: [createVirtualMachine({ open })], small: [] }];
    case 'library':
      return [{ caption: 'Create', large: [createVmTemplate({ open }), createVirtualMachine({ open })], small: [createServiceTemplate({ open })] }];
    case 'fabric':
      return [addResourcesGroup({ open })];
    case 'settings':
      return [createRunAsAccountGroup({ open })];
    case 'jobs':
      return [];
  }
}
