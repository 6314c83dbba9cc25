/** The last steps of every change of connectivity: the device gets its configuration, and is asked whether it carries it. */
import { z } from 'zod';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { labels } from '../labels.ts';
import type { LiveCompartment, LiveGateways } from '../operation.ts';
import { listed } from '../wording.ts';
import { furtherAddressesOf } from './externalAddressTarget.ts';
import { removeGatewayKey } from './disconnectSteps.ts';
import type { NetworkIn } from './networkIn.ts';

const servedBySchema = z.object({ networkServiceId: z.string().nullable() });

const restartAction = 'Look at the state of the gateway (Fabric > Networking > Network Service), mend the cause, and restart the job.';

/** After NAT or direct routing was set up: the compartment must be there, with the external address or without one. `first`: number of the first of them below 1. */
export function carrySteps(networkIn: NetworkIn, gateways: LiveGateways, first: number): readonly StepDefinition[] {
  return [
    {
      key: 'device',
      number: `1.${first}`,
      name: labels.updateNetworkService,
      run: (context) => distribute(context, networkIn(context)),
    },
    {
      key: 'verify',
      number: `1.${first + 1}`,
      name: labels.verifyGateway,
      skippable: true,
      run: (context) => verifyCarried(context, networkIn(context), gateways),
    },
  ];
}

/** After something was removed: the gateway device must carry what is left, or have no compartment any more. */
export function releaseSteps(networkIn: NetworkIn, gateways: LiveGateways, first: number): readonly StepDefinition[] {
  return [
    { key: 'device', number: `1.${first}`, name: labels.updateNetworkService, run: () => ({ message: 'The hosts drop the routes and lookup records of the gateway.' }) },
    {
      key: 'verify',
      number: `1.${first + 1}`,
      name: labels.verifyGatewayReleased,
      skippable: true,
      uses: [removeGatewayKey],
      run: (context) => verifyReleased(context, networkIn(context), gateways),
    },
  ];
}

/** Nothing to write: what follows from the rows reaches hosts and gateway with the projection after this step. */
function distribute(context: StepContext, network: VmNetwork): StepResult {
  const subnets = context.inventory.vmNetworks.subnetsOf(network.id).length;
  return {
    message: `Customer routes and lookup records of ${network.name} go to the hosts, routes to ${subnets} VM subnet${subnets === 1 ? '' : 's'} to the compartment.`,
  };
}

/** The gateway device has the compartment with external addresses and tunnels as the inventory says. Throws ConsoleError verificationFailed. */
export function verifyCarried(context: StepContext, network: VmNetwork, gateways: LiveGateways): StepResult {
  const { vmNetworkGateways, pools, networkServices } = context.inventory;
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  const nat = gateway && vmNetworkGateways.natOf(gateway.id);
  const first = nat && pools.allocation(nat.ipAddressAllocationId)?.address;
  const wanted = first === undefined ? [] : [first, ...furtherAddressesOf(network, context.inventory).map(({ address }) => address)];
  const service = gateway && networkServices.networkService(gateway.networkServiceId);
  if (!service || (first === undefined && !service.directRoutingMode && !gateway.hasVpn)) {
    throw new ConsoleError('verificationFailed', `VM network ${network.name} has neither a NAT connection nor a VPN tunnel any more.`, 'Set its connectivity anew.');
  }
  const device = service.name;
  const blocked = gateways.blockedBy(gateway.networkServiceId);
  if (blocked !== null) throw new ConsoleError('verificationFailed', `${device} does not carry ${network.name}: ${blocked}`, restartAction);
  const live = gateways.compartment(gateway.networkServiceId, network.routingDomainId);
  if (!live) throw new ConsoleError('verificationFailed', `${device} has no compartment for the routing domain of ${network.name}.`, restartAction);
  if (live.natAddresses.join() !== wanted.join()) {
    const there = live.natAddresses.length === 0 ? 'no NAT address' : `NAT address ${addressesText(live.natAddresses)}`;
    throw new ConsoleError('verificationFailed', `Compartment ${live.id} of ${device} has ${there} instead of ${wanted.length === 0 ? 'none' : addressesText(wanted)}.`, restartAction);
  }
  const tunnels = gateway.hasVpn ? context.inventory.vpnConnections.ofGateway(gateway.id) : [];
  const missing = tunnels.find(({ id }) => !live.tunnels.includes(id));
  if (missing) throw new ConsoleError('verificationFailed', `Compartment ${live.id} of ${device} has no site-to-site interface ${missing.name}.`, restartAction);
  if (service.directRoutingMode) return { message: `Compartment ${live.id} of ${device} routes directly. The routers outside need routes to the VM subnets through ${device}.` };
  return { message: carriedText(live, device, wanted) };
}

function addressesText(addresses: readonly Ipv4Address[]): string {
  return listed(addresses.map(formatIpv4));
}

function carriedText({ id, tunnels }: LiveCompartment, device: string, wanted: readonly Ipv4Address[]): string {
  const nat = wanted.length === 0 ? [] : [`translates to ${addressesText(wanted)}`];
  const vpn = tunnels.length === 0 ? [] : [`has ${tunnels.length} site-to-site interface${tunnels.length === 1 ? '' : 's'}`];
  return `Compartment ${id} of ${device} ${[...nat, ...vpn].join(' and ') || 'is there'}.`;
}

function verifyReleased(context: StepContext, network: VmNetwork, gateways: LiveGateways): StepResult {
  if (context.inventory.vmNetworkGateways.ofVmNetwork(network.id)) return verifyCarried(context, network, gateways);
  const { networkServiceId } = servedBySchema.parse(context.output(removeGatewayKey));
  const live = networkServiceId === null ? undefined : gateways.compartment(networkServiceId, network.routingDomainId);
  if (live) {
    throw new ConsoleError('verificationFailed', `The gateway still has compartment ${live.id} of VM network ${network.name}.`, restartAction);
  }
  return { message: `No compartment of ${network.name} is left.` };
}
