/** Live views of gateways that read what is looked at and no more. Each throws ConsoleError objectNotFound. */
import type { z } from 'zod';
import type { gatewayHintsSchema } from '../../shared/contract/gatewayHints.ts';
import type {
  GatewayOverview,
  NatScope,
  NatSessionsView,
  gatewayCapacitySchema,
  gatewayCompartmentsQuerySchema,
  gatewayCompartmentsSchema,
  gatewayOverviewQuerySchema,
  natSessionsQuerySchema,
} from '../../shared/contract/liveGateway.ts';
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import type { Simulation } from '../simulation/engine.ts';
import type { CompartmentSummary, NatSessionState } from '../simulation/state.ts';
import type { Inventory } from '../store/inventory/inventory.ts';
import type { ConnectionType, NetworkService } from '../store/inventory/networkServices.ts';
import type { Lists } from '../store/lists/lists.ts';
import { capacityOf, type PortUse } from './capacity.ts';
import { hintsOf } from './gatewayHints.ts';
import { compartmentView, exhaustedText, expiresInSeconds, gatewayStatusText, sessionEnds, wholeSeconds, type GatewayIdentity, type VmNetworkName } from './gatewayView.ts';

type LiveSimulation = Pick<Simulation, 'gatewayState' | 'gatewaySummary' | 'gatewayRole' | 'natScan' | 'now'>;

export type NatQuery = z.output<typeof natSessionsQuerySchema>;

/** A look at NAT sessions under way. */
export interface NatLook {
  /** Looks at the next `count` sessions; true when there are no more. */
  advance(count: number): boolean;
  /** Once it is done. */
  view(): NatSessionsView;
}

/** A gateway whose NAT sessions are asked for: all of them, or those of one routing domain. */
interface NatPlace {
  readonly name: string;
  readonly networkServiceId: string | null;
  readonly guid: string | undefined;
}

export class LiveViews {
  readonly #inventory: Inventory;
  readonly #lists: Lists;
  readonly #simulation: () => LiveSimulation;

  constructor(inventory: Inventory, lists: Lists, simulation: () => LiveSimulation) {
    this.#inventory = inventory;
    this.#lists = lists;
    this.#simulation = simulation;
  }

  /** What the inventory knows about a gateway device, by id or name. */
  identity(networkService: string): GatewayIdentity {
    const { networkServices, virtualMachines, hosts } = this.#inventory;
    const service = networkServices.networkService(networkService);
    const [active, passive] = this.#nodes(service).map((id) => (id === null ? undefined : virtualMachines.virtualMachine(id)));
    return {
      networkServiceId: service.id,
      networkServiceName: service.name,
      vmName: active?.name ?? '',
      host: active ? hosts.host(active.hostId).name : '',
      passive: passive?.name ?? null,
      vmNetworkOf: (routingDomainId) => this.#vmNetworkOf(routingDomainId),
    };
  }

  /** The node that carries the role, and the other one. */
  #nodes({ id, virtualMachineId, standbyVirtualMachineId }: NetworkService): readonly (string | null)[] {
    const isMoved = standbyVirtualMachineId !== null && this.#simulation().gatewayRole(id) === 'standby';
    return isMoved ? [standbyVirtualMachineId, virtualMachineId] : [virtualMachineId, standbyVirtualMachineId];
  }

  #vmNetworkOf(routingDomainId: string): VmNetworkName | null {
    return this.#inventory.vmNetworks.findByRoutingDomain(routingDomainId) ?? null;
  }

  /** A page of the compartments in short. */
  overview({ id, filter, offset, limit }: z.output<typeof gatewayOverviewQuerySchema>): GatewayOverview {
    const { networkServiceId, networkServiceName, vmName, host, passive } = this.identity(id);
    const live = this.#simulation().gatewaySummary(networkServiceId);
    const [inside, ...tenants] = (live?.compartments ?? []).map((compartment) => this.#summary(compartment));
    const wanted = filter.trim().toLowerCase();
    const matching = tenants.filter(({ vmNetwork, natAddresses }) => [vmNetwork ?? '', ...natAddresses].join(' ').toLowerCase().includes(wanted));
    return {
      networkServiceId,
      networkServiceName,
      vmName,
      host,
      statusText: gatewayStatusText(live, passive),
      defaultCompartment: inside ?? null,
      tenants: matching.slice(offset, offset + limit),
      matching: matching.length,
      total: tenants.length,
    };
  }

  #summary({ id, guid, natAddresses, sessions, tunnels, connectedTunnels, counters }: CompartmentSummary): GatewayOverview['tenants'][number] {
    const network = id === 1 ? null : this.#vmNetworkOf(guid);
    return { id, guid, vmNetworkId: network?.id ?? null, vmNetwork: network?.name ?? null, natAddresses: natAddresses.map(formatIpv4), sessions, tunnels, connectedTunnels, counters };
  }

  /** Chosen compartments with their tables; those that are gone are left out. */
  compartments({ id, compartments, rows }: z.output<typeof gatewayCompartmentsQuerySchema>): z.infer<typeof gatewayCompartmentsSchema> {
    const service = this.#inventory.networkServices.networkService(id);
    const simulation = this.#simulation();
    const live = simulation.gatewayState(service.id, { compartments, sessions: rows });
    return { compartments: (live?.compartments ?? []).map((compartment) => compartmentView(compartment, this.#vmNetworkOf(compartment.guid), simulation.now, rows)) };
  }

  /** NAT sessions or static mappings of a VM network or of a gateway: the first of many, all counted. */
  natSessions(query: NatQuery): NatSessionsView {
    const look = this.natLook(query);
    look.advance(Infinity);
    return look.view();
  }

  /** The same in parts, for tables that take longer than a turn may. */
  natLook({ scope, kind, filter, sort, direction, limit }: NatQuery): NatLook {
    const place = this.#natPlace(scope);
    const simulation = this.#simulation();
    if (place.networkServiceId === null) {
      const nothing: NatSessionsView = { name: place.name, unavailable: 'This VM network has no gateway connection, so nothing is translated.', rows: [], matching: 0, dynamicTotal: 0, staticTotal: 0, exhausted: [] };
      return { advance: () => true, view: () => nothing };
    }
    const live = simulation.gatewayState(place.networkServiceId, { sessions: 0, ...(place.guid === undefined ? {} : { guid: place.guid }) });
    const translated = (live?.compartments ?? []).flatMap(({ guid, nat }) => (nat === null ? [] : [{ name: this.#vmNetworkOf(guid)?.name ?? '', guid, nat }]));
    const owners = new Map(translated.map(({ guid, name }) => [guid, name]));
    const scan = simulation.natScan(place.networkServiceId, { kind, filter, sort, direction, limit }, owners, place.guid);
    const head = {
      name: place.name,
      unavailable: translated.length > 0 ? null : scope.kind === 'vmNetwork' ? 'This VM network has no network address translation.' : 'No VM network uses network address translation on this gateway.',
      exhausted: translated.flatMap(({ name, nat }) => {
        const text = exhaustedText(nat);
        return text === null ? [] : [`${name}, ${nat.externalAddresses.map(formatIpv4).join(', ')}: ${text}`];
      }),
    };
    return {
      advance: (count) => scan.advance(count),
      view: () => {
        const { sessions, matching, total, statics } = scan.result(simulation.now);
        return { ...head, rows: sessions.map((session) => natSessionRow(session, simulation.now)), matching, dynamicTotal: total - statics, staticTotal: statics };
      },
    };
  }

  #natPlace({ kind, id }: NatScope): NatPlace {
    const { networkServices, vmNetworks, vmNetworkGateways } = this.#inventory;
    if (kind === 'networkService') {
      const service = networkServices.networkService(id);
      return { name: service.name, networkServiceId: service.id, guid: undefined };
    }
    const network = vmNetworks.vmNetwork(id);
    return { name: network.name, networkServiceId: vmNetworkGateways.ofVmNetwork(network.id)?.networkServiceId ?? null, guid: network.routingDomainId };
  }

  /** A gateway against its limits. */
  capacity(networkService: string): z.infer<typeof gatewayCapacitySchema> {
    const { id, name } = this.#inventory.networkServices.networkService(networkService);
    const facts = this.#lists.capacity.of(id);
    if (facts === undefined) return { name, items: [] };
    return { name, items: capacityOf({ ...facts, isForwarding: facts.isForwarding === 1, ports: this.#portUse(id) }) };
  }

  /** What stands in its way. */
  hints(networkService: string): z.infer<typeof gatewayHintsSchema> {
    const { networkServices } = this.#inventory;
    const { id, name } = networkServices.networkService(networkService);
    const hasConnection = (type: ConnectionType): boolean => networkServices.connection(id, type) !== undefined;
    const { gatewayHints } = this.#lists;
    const hints = hintsOf({
      service: { id, name, hasFrontEnd: hasConnection('FrontEnd'), hasBackEnd: hasConnection('BackEnd') },
      nodes: gatewayHints.nodes(id),
      adapters: gatewayHints.adapters(id),
      blockedBy: this.#simulation().gatewayState(id, { compartments: [] })?.blockedBy ?? null,
    });
    return { networkServiceId: id, hints };
  }

  #portUse(networkServiceId: string): PortUse[] {
    const live = this.#simulation().gatewayState(networkServiceId, { sessions: 0 });
    return (live?.compartments ?? []).flatMap(({ guid, nat }) =>
      (nat?.ports ?? []).map(({ externalAddress, protocol, inUse, available }) => ({ vmNetwork: this.#vmNetworkOf(guid)?.name ?? '', address: formatIpv4(externalAddress), protocol, inUse, available })),
    );
  }
}

function natSessionRow(session: NatSessionState, now: number): NatSessionsView['rows'][number] {
  return {
    vmNetwork: session.owner,
    protocol: session.protocol,
    ...sessionEnds(session),
    state: session.state,
    rule: session.ruleName,
    ageSeconds: wholeSeconds(now) - wholeSeconds(session.createdAt),
    expiresInSeconds: expiresInSeconds(session, now),
    sentPackets: session.outPackets,
    sentBytes: session.outBytes,
    receivedPackets: session.inPackets,
    receivedBytes: session.inBytes,
  };
}
