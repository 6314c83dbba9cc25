/** Steps that connect a VM network by direct routing: what NAT it had goes, and the forwarding gateway becomes its gateway. */
import type { StepDefinition } from '../../jobs/plan.ts';
import { labels } from '../labels.ts';
import { refuseAll } from '../problems.ts';
import { removeNat } from './disconnectSteps.ts';
import { resolveDirect, type DirectInput } from './directTarget.ts';
import { setUpVmNetworkGateway } from './natSteps.ts';
import type { NetworkIn } from './networkIn.ts';

export function directSteps(networkIn: NetworkIn, input: DirectInput): readonly StepDefinition[] {
  return [
    { key: 'removeNat', number: '1.1', name: labels.removeNatConnection, run: (context) => removeNat(context, networkIn(context)) },
    {
      key: 'gateway',
      number: '1.2',
      name: labels.setUpVmNetworkGateway,
      run: (context) => {
        const network = networkIn(context);
        const resolved = resolveDirect(network, input, context.inventory);
        return setUpVmNetworkGateway(context, network, 'usable' in resolved ? resolved.usable : refuseAll(resolved.problems));
      },
    },
  ];
}
