/** The last steps of every change of connectivity: the device gets its configuration, and is asked whether it carries it. */
import { z } from 'zod';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { labels } from '../labels.ts';
import type { LiveGateways } from '../operation.ts';
import { removeGatewayKey } from './disconnectSteps.ts';

const servedBySchema = z.object({ networkServiceId: z.string().nullable() });

const restartAction = 'Look at the state of the gateway (Fabric > Networking > Network Service), mend the cause, and restart the job.';

/** After NAT or direct routing was set up: the compartment must be there, with the external address or without one. `first`: number of the first of them below 1. */
export function carrySteps(networkReference: string, gateways: LiveGateways, first: number): readonly StepDefinition[] {
  return [
    {
      key: 'device',
      number: `1.${first}`,
      name: labels.updateNetworkService,
      run: (context) => distribute(context, context.inventory.vmNetworks.vmNetwork(networkReference)),
    },
    {
      key: 'verify',
      number: `1.${first + 1}`,
      name: labels.verifyGateway,
      run: (context) => verifyCarried(context, context.inventory.vmNetworks.vmNetwork(networkReference), gateways),
    },
  ];
}

/** After everything was removed: no compartment may be left on the gateway device that served the VM network. */
export function releaseSteps(networkReference: string, gateways: LiveGateways): readonly StepDefinition[] {
  return [
    { key: 'device', number: '1.3', name: labels.updateNetworkService, run: () => ({ message: 'The hosts drop the routes and lookup records of the gateway.' }) },
    {
      key: 'verify',
      number: '1.4',
      name: labels.verifyGatewayReleased,
      run: (context) => verifyReleased(context, context.inventory.vmNetworks.vmNetwork(networkReference), gateways),
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

function verifyCarried(context: StepContext, network: VmNetwork, gateways: LiveGateways): StepResult {
  const { vmNetworkGateways, pools, networkServices } = context.inventory;
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  const nat = gateway && vmNetworkGateways.natOf(gateway.id);
  const wanted = nat && pools.allocation(nat.ipAddressAllocationId)?.address;
  const service = gateway && networkServices.networkService(gateway.networkServiceId);
  if (!service || (wanted === undefined && !service.directRoutingMode)) {
    throw new ConsoleError('verificationFailed', `VM network ${network.name} has no NAT connection any more.`, 'Set its connectivity anew.');
  }
  const device = service.name;
  const blocked = gateways.blockedBy(gateway.networkServiceId);
  if (blocked !== null) throw new ConsoleError('verificationFailed', `${device} does not carry ${network.name}: ${blocked}`, restartAction);
  const live = gateways.compartment(gateway.networkServiceId, network.routingDomainId);
  if (!live) throw new ConsoleError('verificationFailed', `${device} has no compartment for the routing domain of ${network.name}.`, restartAction);
  if (live.natAddress !== (wanted ?? null)) {
    const there = live.natAddress === null ? 'no NAT address' : `NAT address ${formatIpv4(live.natAddress)}`;
    throw new ConsoleError('verificationFailed', `Compartment ${live.id} of ${device} has ${there} instead of ${wanted === undefined ? 'none' : formatIpv4(wanted)}.`, restartAction);
  }
  if (wanted === undefined) return { message: `Compartment ${live.id} of ${device} routes directly. The routers outside need routes to the VM subnets through ${device}.` };
  return { message: `Compartment ${live.id} of ${device} translates to ${formatIpv4(wanted)}.` };
}

function verifyReleased(context: StepContext, network: VmNetwork, gateways: LiveGateways): StepResult {
  const { networkServiceId } = servedBySchema.parse(context.output(removeGatewayKey));
  const live = networkServiceId === null ? undefined : gateways.compartment(networkServiceId, network.routingDomainId);
  if (live) {
    throw new ConsoleError('verificationFailed', `The gateway still has compartment ${live.id} of VM network ${network.name}.`, restartAction);
  }
  return { message: `No compartment of ${network.name} is left.` };
}
