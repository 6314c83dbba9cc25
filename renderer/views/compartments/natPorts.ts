/** How full the external ports of a NAT address are, in words. */
import type { CompartmentView } from '../../../shared/contract/simulation.ts';
import { clockText } from '../../shell/simulationStatus.ts';
import { formatNumber } from '../shared/format.ts';

export type NatPorts = NonNullable<CompartmentView['nat']>['ports'][number];

/** One protocol's ports in one line. The instant is the simulation's clock, as in the title strip. */
export function natPortsText({ portsInUse, portsAvailable, exhaustedDrops, exhaustedSince }: NatPorts): string {
  const free = exhaustedSince === null ? `${formatNumber(portsAvailable)} free` : `exhausted since ${clockText(exhaustedSince)}`;
  const dropped = exhaustedDrops === 0 ? '' : `, ${formatNumber(exhaustedDrops)} ${exhaustedDrops === 1 ? 'packet' : 'packets'} dropped`;
  return `${formatNumber(portsInUse)} in use, ${free}${dropped}`;
}

/** ICMP queries have identifiers where the others have ports. */
export function natPortsLabel({ protocol }: NatPorts): string {
  return protocol === 'ICMP' ? 'ICMP identifiers' : `${protocol} ports`;
}
