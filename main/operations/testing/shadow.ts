/** A simulation of its own that follows the inventory of a lab: what it is, beyond counters and clocks, can be compared. */
import { project } from '../../projection/project.ts';
import type { SimulationConfig } from '../../simulation/config.ts';
import { Simulation } from '../../simulation/engine.ts';
import type { SiteToSiteState } from '../../simulation/state.ts';
import type { InventorySnapshot } from '../../store/inventory/snapshot.ts';

const second = 1e9;

export class Shadow {
  readonly simulation: Simulation;
  #config: SimulationConfig;
  /** Devices that were ever there: what is left of them must be nothing. */
  readonly #everyGateway = new Set<string>();

  constructor(snapshot: InventorySnapshot) {
    this.#config = configOf(snapshot);
    this.simulation = new Simulation(this.#config);
    this.#remember();
  }

  /** Of the gateway devices that are there now. */
  get gatewayIds(): readonly string[] {
    return this.#config.gateways.map(({ id }) => id);
  }

  follow(snapshot: InventorySnapshot): void {
    this.#config = configOf(snapshot);
    this.simulation.apply(this.#config);
    this.#remember();
  }

  /** Every machine that runs sends two pings each to the Internet, to Fabrikam's office and to a neighbour; then all is quiet. */
  talk(destinations: readonly number[]): void {
    for (const { id } of this.#config.virtualMachines) {
      for (const destination of destinations) {
        const ping = this.simulation.startPing({ vmId: id, destination, count: 2, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 4 * second });
        if (ping !== undefined) this.simulation.advance(8 * second);
      }
    }
  }

  /** Lets everything run out that runs out by itself: pings, sessions, tunnels that hang up. */
  rest(): void {
    this.simulation.advance(7200 * second);
  }

  /** Gateways, compartments, tunnels, BGP routers of both sides, and whether anything is still to happen. */
  state(): unknown {
    const { gateways, external } = this.#config;
    return {
      gateways: [...this.#everyGateway].map((id) => ({ id, role: this.simulation.gatewayRole(id), state: this.#gateway(id) })).filter(({ state, role }) => state !== undefined || role !== 'primary'),
      routers: gateways.flatMap((gateway) => gateway.compartments.map(({ guid }) => bgpState(this.simulation, { kind: 'compartment', gatewayId: gateway.id, guid }))),
      devices: external.vpnDevices.map(({ id }) => ({ id, tunnels: this.simulation.vpnDeviceState(id)?.map(tunnelState), router: bgpState(this.simulation, { kind: 'vpnDevice', deviceId: id }) })),
      isIdle: this.simulation.nextEventTime === Number.POSITIVE_INFINITY,
    };
  }

  #gateway(id: string): unknown {
    const state = this.simulation.gatewayState(id);
    return (
      state && {
        blockedBy: state.blockedBy,
        compartments: state.compartments.map(({ id: number, guid, description, interfaces, routes, nat, tunnels, neighbours }) => ({
          number,
          guid,
          description,
          interfaces: interfaces.map(({ name, address, prefixLength, mac, mtu }) => ({ name, address, prefixLength, mac, mtu })),
          routes,
          nat: nat && { name: nat.name, addresses: nat.externalAddresses, sessions: nat.sessions.length },
          tunnels: tunnels.map(tunnelState),
          incomplete: neighbours.filter((neighbour) => neighbour.state === 'Incomplete').length,
        })),
      }
    );
  }

  #remember(): void {
    for (const { id } of this.#config.gateways) this.#everyGateway.add(id);
  }
}

/** Both ends know one key; which one does not matter here. */
function configOf(snapshot: InventorySnapshot): SimulationConfig {
  return project(snapshot, () => 'agreed upon');
}

function tunnelState({ id, name, destination, subnets, isEnabled, state, association, waiting }: SiteToSiteState): unknown {
  return { id, name, destination, subnets, isEnabled, state, hasKeys: association !== null, waiting };
}

function bgpState(simulation: Simulation, place: Parameters<Simulation['bgpRouterState']>[0]): unknown {
  const router = simulation.bgpRouterState(place);
  return router && { asn: router.asn, networks: router.networks, peers: router.peers.map(({ name, address, status }) => ({ name, address, status })), routes: router.routes };
}
