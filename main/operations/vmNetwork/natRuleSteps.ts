/** The step that brings the NAT rules of a VM network in line: what is not asked for goes, what changed is changed in place. */
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { NatRule } from '../../store/inventory/natRules.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { auditChanges } from '../audit.ts';
import type { WantedRule } from './natRuleTarget.ts';

export function setUpNatRules(context: StepContext, network: VmNetwork, wanted: readonly WantedRule[]): StepResult {
  const { vmNetworkGateways, natExternalAddresses, natRules } = context.inventory;
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  const nat = gateway && vmNetworkGateways.natOf(gateway.id);
  if (nat === undefined) return { message: 'There is no NAT connection.' };
  const before = natRules.ofNat(nat.id);
  const further = natExternalAddresses.ofNat(nat.id);
  const after = wanted.map(({ externalPlace, ...rule }): NatRule => {
    const natExternalAddressId = further[externalPlace - 1]?.id ?? null;
    return { ...rule, natConnectionId: nat.id, natExternalAddressId, id: predecessor({ ...rule, natExternalAddressId }, before)?.id ?? context.newId() };
  });
  natRules.replace(nat.id, after);
  const ids = new Set([...before, ...after].map(({ id }) => id));
  const addressOf = (rule: NatRule): string | null => {
    const found = further.find(({ id }) => id === rule.natExternalAddressId);
    return found === undefined ? null : formatIpv4(found.address);
  };
  for (const id of ids) audit(context, before.find((rule) => rule.id === id), after.find((rule) => rule.id === id), addressOf);
  return { message: after.length === 0 ? 'No NAT rule is left.' : `${after.length} NAT rule${after.length === 1 ? '' : 's'}: ${after.map(({ name }) => name).join(', ')}.` };
}

/** The rule that a wanted one was: by its id, else whoever waits at the port. */
function predecessor(rule: Pick<NatRule, 'protocol' | 'externalPort' | 'natExternalAddressId'> & Pick<WantedRule, 'id'>, before: readonly NatRule[]): NatRule | undefined {
  if (rule.id !== undefined) return before.find(({ id }) => id === rule.id);
  return before.find(({ protocol, externalPort, natExternalAddressId }) => protocol === rule.protocol && externalPort === rule.externalPort && natExternalAddressId === rule.natExternalAddressId);
}

/** The external address is spoken of where it is not the first one, whose address may change while the rule stays. */
function audit(context: StepContext, before: NatRule | undefined, after: NatRule | undefined, addressOf: (rule: NatRule) => string | null): void {
  const object = after ?? before;
  if (object === undefined) return;
  const both = (read: (rule: NatRule) => string | null): readonly [string | null, string | null] => [before ? read(before) : null, after ? read(after) : null];
  auditChanges(context, { type: 'NATRule', id: object.id, name: object.name }, {
    Name: both((rule) => rule.name),
    Protocol: both((rule) => rule.protocol),
    ExternalIPAddress: both(addressOf),
    ExternalPort: both((rule) => String(rule.externalPort)),
    InternalIPAddress: both((rule) => formatIpv4(rule.internalAddress)),
    InternalPort: both((rule) => String(rule.internalPort)),
  });
}
