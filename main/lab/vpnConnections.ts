/** VPN connections of VM networks as they stand, and dialing by hand. */
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { DialInput, VpnStatus } from '../../shared/contract/vpn.ts';
import type { Simulation } from '../simulation/engine.ts';
import type { Inventory } from '../store/inventory/inventory.ts';
import { bgpView } from './bgpView.ts';
import { tunnelView } from './tunnelView.ts';

interface Parts {
  readonly inventory: Pick<Inventory, 'vmNetworks' | 'vmNetworkGateways' | 'networkServices'>;
  readonly simulation: () => Simulation;
  /** Virtual nanoseconds, without a simulation being made for them. */
  readonly now: () => number;
}

export class VpnConnections {
  readonly #inventory: Parts['inventory'];
  readonly #simulation: Parts['simulation'];
  readonly #now: Parts['now'];

  constructor({ inventory, simulation, now }: Parts) {
    this.#inventory = inventory;
    this.#simulation = simulation;
    this.#now = now;
  }

  /** Live tunnels of a VM network, by id or name. Throws ConsoleError objectNotFound. */
  status(vmNetwork: string): VpnStatus {
    const { vmNetworks, vmNetworkGateways, networkServices } = this.#inventory;
    const { id, name, routingDomainId } = vmNetworks.vmNetwork(vmNetwork);
    const gateway = vmNetworkGateways.ofVmNetwork(id);
    if (gateway === undefined) return { vmNetwork: name, gatewayDevice: null, now: this.#now() / 1e9, tunnels: [], bgp: null };
    const simulation = this.#simulation();
    const router = simulation.bgpRouterState({ kind: 'compartment', gatewayId: gateway.networkServiceId, guid: routingDomainId });
    const [compartment] = simulation.gatewayState(gateway.networkServiceId, { guid: routingDomainId, sessions: 0 })?.compartments ?? [];
    return {
      vmNetwork: name,
      gatewayDevice: networkServices.networkService(gateway.networkServiceId).name,
      now: simulation.now / 1e9,
      tunnels: (compartment?.tunnels ?? []).map((tunnel) => tunnelView(tunnel, simulation.now)),
      bgp: router === undefined ? null : bgpView(router, simulation.now),
    };
  }

  /** Connect or Disconnect. Throws ConsoleError objectNotFound, or connectionDisabled. */
  dial({ vmNetwork, vpnConnection, wanted }: DialInput): VpnStatus {
    const { vmNetworks, vmNetworkGateways } = this.#inventory;
    const network = vmNetworks.vmNetwork(vmNetwork);
    const gateway = vmNetworkGateways.ofVmNetwork(network.id);
    const tunnel = this.status(network.id).tunnels.find(({ id, name }) => id === vpnConnection || name.toLowerCase() === vpnConnection.toLowerCase());
    if (gateway === undefined || tunnel === undefined) {
      throw new ConsoleError('objectNotFound', `VM network ${network.name} has no VPN connection ${vpnConnection}.`, 'Look at its VPN status.');
    }
    if (!tunnel.isEnabled) throw new ConsoleError('connectionDisabled', `VPN connection ${tunnel.name} of ${network.name} is disabled.`, 'Enable it in the Properties of the VM network, page VPN Connections.');
    this.#simulation().setTunnel(gateway.networkServiceId, tunnel.id, wanted);
    return this.status(network.id);
  }
}
