/** Which VM network the steps of a job are about: by its id, or the one that an earlier step made. */
import type { StepContext } from '../../jobs/plan.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';

export type NetworkIn = (context: StepContext) => VmNetwork;

export function byId(id: string): NetworkIn {
  return ({ inventory }) => inventory.vmNetworks.vmNetwork(id);
}
