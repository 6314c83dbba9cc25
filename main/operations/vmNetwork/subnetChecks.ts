/** VM subnets as they were asked for, or what stands against them by themselves (fact sheet §2.3). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { formatPrefix, parsePrefix, prefixesOverlap, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import { readPrefix } from '../logicalNetwork/siteChecks.ts';
import { vmNetworkLimits } from './limits.ts';

interface SubnetInput {
  readonly name: string;
  /** CIDR, as typed. */
  readonly subnet: string;
}

export function checkSubnets(subnets: readonly SubnetInput[]): readonly Problem[] {
  if (subnets.length === 0) return [problem('invalidInput', ['subnets'], 'The VM network has no VM subnet.', 'Add a VM subnet with a name and an IP subnet.')];
  const earlier: { readonly name: string; readonly prefix: Ipv4Prefix }[] = [];
  return subnets.flatMap(({ name, subnet }, at) => {
    const path = ['subnets', at];
    const problems = [...nameProblems(name, subnets, at), ...subnetProblems(subnet, [...path, 'subnet'])];
    const prefix = parsePrefix(subnet);
    const rival = prefix && earlier.find((other) => prefixesOverlap(other.prefix, prefix));
    if (prefix !== undefined) earlier.push({ name, prefix });
    return rival === undefined ? problems : [...problems, problem('subnetOverlap', [...path, 'subnet'], `${subnet} overlaps ${formatPrefix(rival.prefix)} of VM subnet ${rival.name}.`, 'Inside one VM network every address is there once. Type another subnet.')];
  });
}

export function nameProblems(name: string, subnets: readonly { readonly name: string }[], at: number): readonly Problem[] {
  const path = ['subnets', at, 'name'];
  if (name === '') return [problem('invalidInput', path, 'The VM subnet has no name.', 'Type a name.')];
  if (name.length > vmNetworkLimits.nameLength) return [problem('invalidInput', path, `The name of the VM subnet has ${name.length} characters.`, `Type at most ${vmNetworkLimits.nameLength}.`)];
  const isTwin = subnets.slice(0, at).some((other) => other.name.toLowerCase() === name.toLowerCase());
  return isTwin ? [problem('nameInUse', path, `Two VM subnets are named ${name}.`, 'Give each a name of its own.')] : [];
}

export function subnetProblems(text: string, path: readonly (string | number)[]): readonly Problem[] {
  const read = readPrefix(text);
  if ('fault' in read) return [problem('invalidInput', path, ...read.fault)];
  return read.prefix.length > vmNetworkLimits.longestPrefix ? [problem('invalidInput', path, `${text} has no room behind the distributed router.`, `Type a prefix of at most ${vmNetworkLimits.longestPrefix} bits.`)] : [];
}
