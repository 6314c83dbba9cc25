/** Where the operator is: the workspace and what its middle shows. A plain value, so that it can be remembered and compared. */
import { z } from 'zod';
import { fabricObjectKinds } from '../../shared/contract/networking.ts';

export const workspaces = ['vmsAndServices', 'fabric', 'library', 'jobs', 'settings'] as const;
export type Workspace = (typeof workspaces)[number];

/** Workspace buttons as VMM names and orders them (fact sheet §7). */
export const workspaceLabels: Record<Workspace, string> = {
  vmsAndServices: 'VMs and Services',
  fabric: 'Fabric',
  library: 'Library',
  jobs: 'Jobs',
  settings: 'Settings',
};

export const viewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vmNetworks') }),
  /** Virtual machines of everything, of a host group, or of one host. */
  z.object({ kind: z.literal('virtualMachines'), hostGroupId: z.string().optional(), hostId: z.string().optional() }),
  /** Hosts of everything or of a host group; `hostId` is the one to select. */
  z.object({ kind: z.literal('hosts'), hostGroupId: z.string().optional(), hostId: z.string().optional() }),
  z.object({ kind: z.literal('logicalNetworks') }),
  z.object({ kind: z.literal('fabricObjects'), list: z.enum(fabricObjectKinds) }),
  z.object({ kind: z.literal('networkServices') }),
  z.object({ kind: z.literal('compartments'), networkServiceId: z.string() }),
  z.object({ kind: z.literal('vmTemplates') }),
  z.object({ kind: z.literal('serviceTemplates') }),
  z.object({ kind: z.literal('libraryImages') }),
  z.object({ kind: z.literal('jobs') }),
  z.object({ kind: z.literal('runAsAccounts') }),
  z.object({ kind: z.literal('snapshots') }),
  z.object({ kind: z.literal('general') }),
]);
export type View = z.infer<typeof viewSchema>;
export type ViewKind = View['kind'];

export const defaultView: View = { kind: 'vmNetworks' };

const workspaceOfKind: Record<ViewKind, Workspace> = {
  vmNetworks: 'vmsAndServices',
  virtualMachines: 'vmsAndServices',
  hosts: 'fabric',
  logicalNetworks: 'fabric',
  fabricObjects: 'fabric',
  networkServices: 'fabric',
  compartments: 'fabric',
  vmTemplates: 'library',
  serviceTemplates: 'library',
  libraryImages: 'library',
  jobs: 'jobs',
  runAsAccounts: 'settings',
  snapshots: 'settings',
  general: 'settings',
};

export function workspaceOf(view: View): Workspace {
  return workspaceOfKind[view.kind];
}

/** What a workspace shows when it has not been visited yet. */
export const firstViews: Record<Workspace, View> = {
  vmsAndServices: { kind: 'vmNetworks' },
  fabric: { kind: 'hosts' },
  library: { kind: 'vmTemplates' },
  jobs: { kind: 'jobs' },
  settings: { kind: 'runAsAccounts' },
};

/** Text that is the same for equal views. */
export function viewKey(view: View): string {
  switch (view.kind) {
    case 'virtualMachines':
    case 'hosts':
      return `${view.kind}/${view.hostGroupId ?? ''}/${view.hostId ?? ''}`;
    case 'fabricObjects':
      return `${view.kind}/${view.list}`;
    case 'compartments':
      return `${view.kind}/${view.networkServiceId}`;
    case 'vmNetworks':
    case 'logicalNetworks':
    case 'networkServices':
    case 'vmTemplates':
    case 'serviceTemplates':
    case 'libraryImages':
    case 'jobs':
    case 'runAsAccounts':
    case 'snapshots':
    case 'general':
      return view.kind;
  }
}
