/** Writes VM subnets with their virtual subnet IDs and says so in the audit records. */
import { formatPrefix, parsePrefix, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { StepContext } from '../../jobs/plan.ts';
import type { VmSubnet } from '../../store/inventory/vmNetworks.ts';
import { auditChanges } from '../audit.ts';
import { releaseProviderAddresses } from '../providerAddressGrant.ts';

interface TypedSubnet {
  readonly name: string;
  /** CIDR, already checked. */
  readonly subnet: string;
}

/** Returns what was made, in words. */
export function addTypedSubnet(context: StepContext, vmNetworkId: string, typed: TypedSubnet): string {
  return addSubnet(context, vmNetworkId, typed.name, checkedPrefix(typed));
}

export function checkedPrefix({ name, subnet }: TypedSubnet): Ipv4Prefix {
  const prefix = parsePrefix(subnet);
  if (prefix === undefined) throw new Error(`Subnet of ${name} was not checked`);
  return prefix;
}

export function addSubnet(context: StepContext, vmNetworkId: string, name: string, prefix: Ipv4Prefix): string {
  const { vmNetworks } = context.inventory;
  const vsid = vmNetworks.addVirtualSubnet(vmNetworkId);
  const id = context.newId();
  vmNetworks.addSubnet({ id, vmNetworkId, vsid, name, address: prefix.address, prefixLength: prefix.length });
  auditChanges(context, { type: 'VMSubnet', id, name }, { Name: [null, name], Subnet: [null, formatPrefix(prefix)], VMSubnetID: [null, String(vsid)] });
  return `${name} ${formatPrefix(prefix)} with virtual subnet ID ${vsid}`;
}

/** Names may change places, so they go over names that nobody has. */
export function renameSubnets(context: StepContext, changes: readonly { readonly subnet: VmSubnet; readonly name: string }[]): void {
  const { vmNetworks } = context.inventory;
  const changed = changes.filter(({ subnet, name }) => subnet.name !== name);
  for (const { subnet } of changed) vmNetworks.renameSubnet(subnet.id, subnet.id);
  for (const { subnet, name } of changed) {
    vmNetworks.renameSubnet(subnet.id, name);
    auditChanges(context, { type: 'VMSubnet', id: subnet.id, name }, { Name: [subnet.name, name] });
  }
}

/** Its virtual subnet ID can be given again. Nothing may use it any more. */
export function removeSubnet(context: StepContext, subnet: VmSubnet): void {
  const { vmNetworks } = context.inventory;
  vmNetworks.removeSubnet(subnet.id);
  releaseProviderAddresses(context.inventory, subnet.vsid);
  vmNetworks.removeVirtualSubnet(subnet.vsid);
  auditChanges(context, { type: 'VMSubnet', id: subnet.id, name: subnet.name }, {
    Name: [subnet.name, null],
    Subnet: [formatPrefix({ address: subnet.address, length: subnet.prefixLength }), null],
    VMSubnetID: [String(subnet.vsid), null],
  });
}
