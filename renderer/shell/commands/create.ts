/** What the Home tab creates, adds and writes in the workspace that is shown. */
import type { RibbonGroup } from '../command.ts';
import type { Console } from '../console.tsx';
import { workspaceOf } from '../views.ts';
import { createServiceTemplate, createVirtualMachine, createVmTemplate } from './library.ts';
import { addHost, createHostGroup } from './hosts.ts';
import { createGuestCluster, createHostCluster } from './clusters.ts';
import { exportJobs } from './jobExport.ts';
import { createIpPool, createLogicalNetwork } from './logicalNetworks.ts';
import { fabricObjectKinds } from '../../../shared/contract/networking.ts';
import { createFabricObject } from './switchFabric.ts';
import { createVmNetwork } from './vmNetworks.ts';
import { addResourcesGroup } from './networkServices.ts';
import { createRunAsAccountGroup } from './runAsAccounts.ts';
import { createSnapshotGroup } from './snapshots.ts';

export function createGroups({ view, open, selection }: Pick<Console, 'open' | 'view' | 'selection'>): readonly RibbonGroup[] {
  switch (workspaceOf(view)) {
    case 'vmsAndServices':
      return [{ caption: 'Create', large: [createVmNetwork({ open }), createVirtualMachine({ open })], small: [createGuestCluster({ open })] }];
    case 'library':
      return [{ caption: 'Create', large: [createVmTemplate({ open }), createVirtualMachine({ open })], small: [createServiceTemplate({ open })] }];
    case 'fabric':
      if (view.kind === 'fabricObjects') return [{ caption: 'Create', large: [], small: fabricObjectKinds.map((kind) => createFabricObject(kind, { open })) }, addResourcesGroup({ open }, [addHost({ open, view })])];
      return [{ caption: 'Create', large: [createLogicalNetwork({ open })], small: [createIpPool({ open, selection }), createHostGroup({ open, view }), createHostCluster({ open })] }, addResourcesGroup({ open }, [addHost({ open, view })])];
    case 'settings':
      return [createRunAsAccountGroup({ open }), createSnapshotGroup({ open })];
    case 'jobs':
      return [{ caption: 'Job Log', large: [exportJobs({ open, selection })], small: [] }];
  }
}
