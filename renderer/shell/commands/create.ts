/** What the Home tab creates and adds in the workspace that is shown. */
import type { RibbonGroup } from '../command.ts';
import type { Console } from '../console.tsx';
import { workspaceOf } from '../views.ts';
import { createServiceTemplate, createVirtualMachine, createVmTemplate } from './library.ts';
import { addHost, createHostGroup } from './hosts.ts';
import { addResourcesGroup } from './networkServices.ts';
import { createRunAsAccountGroup } from './runAsAccounts.ts';

export function createGroups({ view, open }: Pick<Console, 'open' | 'view'>): readonly RibbonGroup[] {
  switch (workspaceOf(view)) {
    case 'vmsAndServices':
      return [{ caption: 'Create', large: [createVirtualMachine({ open })], small: [] }];
    case 'library':
      return [{ caption: 'Create', large: [createVmTemplate({ open }), createVirtualMachine({ open })], small: [createServiceTemplate({ open })] }];
    case 'fabric':
      return [{ caption: 'Create', large: [], small: [createHostGroup({ open, view })] }, addResourcesGroup({ open }, [addHost({ open, view })])];
    case 'settings':
      return [createRunAsAccountGroup({ open })];
    case 'jobs':
      return [];
  }
}
