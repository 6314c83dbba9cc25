/** What verifying steps may ask the simulation. */
import type { LiveGateways } from '../operations/operation.ts';
import type { Simulation } from '../simulation/engine.ts';

export function liveGateways(simulation: () => Pick<Simulation, 'gatewayState'>): LiveGateways {
  return {
    compartment(networkServiceId, routingDomainId) {
      const [found] = simulation().gatewayState(networkServiceId, { guid: routingDomainId, sessions: 0 })?.compartments ?? [];
      return found && { id: found.id, natAddresses: found.nat?.externalAddresses ?? [], tunnels: found.tunnels.map(({ id }) => id) };
    },
    blockedBy(networkServiceId) {
      const state = simulation().gatewayState(networkServiceId, { compartments: [] });
      return state ? state.blockedBy : 'its virtual machine does not exist.';
    },
  };
}
