/** The step that brings the NAT rules of a VM network in line: what is not asked for goes, what changed is changed in place. */
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { NatRule } from '../../store/inventory/natRules.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { auditChanges } from '../audit.ts';
import type { WantedRule } from './natRuleTarget.ts';

export function setUpNatRules(context: StepContext, network: VmNetwork, wanted: readonly WantedRule[]): StepResult {
  const { vmNetworkGateways, natRules } = context.inventory;
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  const nat = gateway && vmNetworkGateways.natOf(gateway.id);
  if (nat === undefined) return { message: 'There is no NAT connection.' };
  const before = natRules.ofNat(nat.id);
  const after = wanted.map((rule): NatRule => ({ ...rule, natConnectionId: nat.id, id: predecessor(rule, before)?.id ?? context.newId() }));
  natRules.replace(nat.id, after);
  const ids = new Set([...before, ...after].map(({ id }) => id));
  for (const id of ids) audit(context, before.find((rule) => rule.id === id), after.find((rule) => rule.id === id));
  return { message: after.length === 0 ? 'No NAT rule is left.' : `${after.length} NAT rule${after.length === 1 ? '' : 's'}: ${after.map(({ name }) => name).join(', ')}.` };
}

/** The rule that a wanted one was: by its id, else whoever waits at the port. */
function predecessor(rule: WantedRule, before: readonly NatRule[]): NatRule | undefined {
  if (rule.id !== undefined) return before.find(({ id }) => id === rule.id);
  return before.find(({ protocol, externalPort }) => protocol === rule.protocol && externalPort === rule.externalPort);
}

function audit(context: StepContext, before: NatRule | undefined, after: NatRule | undefined): void {
  const object = after ?? before;
  if (object === undefined) return;
  const both = (read: (rule: NatRule) => string): readonly [string | null, string | null] => [before ? read(before) : null, after ? read(after) : null];
  auditChanges(context, { type: 'NATRule', id: object.id, name: object.name }, {
    Name: both((rule) => rule.name),
    Protocol: both((rule) => rule.protocol),
    ExternalPort: both((rule) => String(rule.externalPort)),
    InternalIPAddress: both((rule) => formatIpv4(rule.internalAddress)),
    InternalPort: both((rule) => String(rule.internalPort)),
  });
}
