/** What VMM's objects do not tell and a lab must have: counted with the values that were given, so that nobody takes them for those of the VMM. */
import type { MadeAnew } from '../../../../shared/contract/snapshots.ts';
import type { Draft, GatewayInput, LabInput } from './draft.ts';

/** Of a lab that is pruned already. */
export function madeAnewIn(lab: LabInput, draft: Draft): readonly MadeAnew[] {
  const gateways = (lab.vmNetworks ?? []).flatMap(({ gateway }) => gateway ?? []);
  const chosen = gateways.filter((gateway) => draft.isChosen(gateway));
  const notIsolated = (lab.vmNetworks ?? []).filter(({ isolation }) => isolation === 'NoIsolation');
  const providerAddresses = lab.providerAddresses ?? [];
  const machines = lab.gatewayVirtualMachines ?? [];
  return [
    { what: 'Virtual subnet IDs of the gateways’ legs into the VM networks', count: gateways.length, values: spanOf(gateways.map(({ vsid }) => vsid)) },
    { what: 'Compartments on the gateways', count: gateways.length, values: `${spanOf(gateways.map(({ compartment }) => compartment))} on each gateway, in the order of the file` },
    { what: 'Subnets of the gateways’ legs', count: chosen.length, values: listOf(chosen.map(({ subnet }) => subnet)) },
    { what: 'Provider addresses', count: providerAddresses.length, values: `free ones of ${listOf(providerAddresses.map(({ pool }) => pool))}` },
    { what: 'Routing domain IDs of VM networks without isolation', count: notIsolated.length, values: 'the ID of the VM network' },
    { what: 'Preparation of gateway virtual machines', count: machines.length, values: 'firewall off, Remote Access installed and deployed' },
  ].filter(({ count }) => count > 0);
}

function spanOf(numbers: readonly GatewayInput['vsid'][]): string {
  const [lowest, highest] = numbers.reduce(([low, high], each) => [Math.min(low, each), Math.max(high, each)], [Infinity, -Infinity] as const);
  return lowest === highest ? String(lowest) : `${lowest} to ${highest}`;
}

/** The different ones; of many the first. */
function listOf(values: readonly string[]): string {
  const different = [...new Set(values)];
  const shown = different.slice(0, 3).join(', ');
  return different.length > 3 ? `${shown} and ${different.length - 3} more` : shown;
}
