/** Procedure `virtualMachine.placement`: what the wizard shows on the page Select Host; Finish is checked by the same rules. */
import type { PlacementInput, HostRatingView } from '../../../shared/contract/library.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { findNeeds } from './adapterTargets.ts';
import { rateHosts, type HostRating } from './placement.ts';

/** Adapters that are not filled in yet need nothing. */
export function readPlacement(input: PlacementInput, inventory: Inventory): { hosts: HostRatingView[] } {
  const { needs } = findNeeds(input.adapters, inventory);
  return {
    hosts: rateHosts({ role: input.role, adapters: needs }, inventory).map((rating) => ratingView(rating, inventory)),
  };
}

export function ratingView({ host, stars, virtualMachines, reasons }: HostRating, { hosts }: Inventory): HostRatingView {
  return { id: host.id, name: host.name, hostGroup: hosts.group(host.hostGroupId).name, stars, virtualMachines, reasons: [...reasons] };
}
