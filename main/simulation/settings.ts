/** The configuration as it may be told: pre-shared keys stay behind. */
import type { SimulationConfig } from './config.ts';
import type { SimulationSettings } from './state.ts';

export function settingsOf({ hosts, virtualSubnets, virtualMachines, lookupRecords, customerRoutes, gateways }: SimulationConfig): SimulationSettings {
  const compartments = gateways.flatMap((gateway) => gateway.compartments.map((compartment) => ({ compartment, place: { gatewayId: gateway.id, guid: compartment.guid } })));
  return {
    hosts,
    virtualSubnets,
    virtualMachines,
    lookupRecords,
    customerRoutes,
    nats: compartments.flatMap(({ compartment: { nat }, place }) => (nat === null ? [] : [{ ...nat, ...place }])),
    siteToSite: compartments.flatMap(({ compartment: { tunnels }, place }) => tunnels.map(({ preSharedKey: _secret, ...tunnel }) => ({ ...tunnel, ...place }))),
  };
}
