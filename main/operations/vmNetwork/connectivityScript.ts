/** PowerShell of the pages Connectivity, NAT, VPN Connections and BGP (fact sheet §1.8, 3.1, 5): what is there is changed, what a cmdlet cannot change goes and comes again. */
import type { SetConnectivityInput } from '../../../shared/contract/connectivity.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { NatRule } from '../../store/inventory/natRules.ts';
import type { VmNetworkGateway } from '../../store/inventory/vmNetworkGateways.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { findPool, findVmNetwork } from '../powershell/lookups.ts';
import { Script, type ScriptReference } from '../powershell/script.ts';
import type { ConnectivityGoal } from './connectivityGoal.ts';
import type { NatTarget, UsableGateway } from './connectivityTarget.ts';
import { furtherAddressesScript, revokeFurtherAddresses } from './externalAddressScript.ts';
import { addressOf } from './externalAddressTarget.ts';
import { rulesOf } from './natRuleTarget.ts';
import { vpnScript } from './vpnScript.ts';

export function connectivityScript(network: VmNetwork, input: SetConnectivityInput, goal: ConnectivityGoal, inventory: Inventory): Script {
  const script = new Script();
  return writeConnectivity(script, findVmNetwork(script, 'vmNetwork', network.id, inventory), network, input, goal, inventory);
}

/** Behind what a script has done already; `vmNetwork` holds the VM network. */
export function writeConnectivity(script: Script, vmNetwork: ScriptReference, network: VmNetwork, input: SetConnectivityInput, goal: ConnectivityGoal, inventory: Inventory): Script {
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if (current !== undefined && endsAltogether(current, input, inventory)) {
    revokeFurtherAddresses(script, network, inventory);
    const gateway = script.set('vmNetworkGateway', 'Get-SCVMNetworkGateway', { VMNetwork: vmNetwork });
    return script.run('Remove-SCVMNetworkGateway', { VMNetworkGateway: gateway });
  }
  const isNew = current === undefined || (goal.gateway !== null && goal.gateway.service.id !== current.networkServiceId);
  const gateway = isNew && goal.gateway !== null ? addGateway(script, { vmNetwork, network, usable: goal.gateway, current }, inventory) : script.set('vmNetworkGateway', 'Get-SCVMNetworkGateway', { VMNetwork: vmNetwork });
  natScript(script, { network, gateway, isNew, input, nat: goal.nat }, inventory);
  vpnScript(script, { network, gateway, isNew, input, vpn: goal.vpn }, inventory);
  return script;
}

/** Nothing is left that would need the gateway. */
function endsAltogether(current: VmNetworkGateway, { directConnection, vpnTunnel }: SetConnectivityInput, { vmNetworkGateways }: Inventory): boolean {
  if (directConnection || vpnTunnel) return false;
  const hasDirect = directConnection !== null && (vmNetworkGateways.natOf(current.id) !== undefined || !current.hasVpn);
  return !hasDirect && (vpnTunnel === null || !current.hasVpn);
}

interface GatewayPart {
  readonly vmNetwork: ScriptReference;
  readonly network: VmNetwork;
  readonly usable: UsableGateway;
  readonly current: VmNetworkGateway | undefined;
}

function addGateway(script: Script, { vmNetwork, network, usable: { service }, current }: GatewayPart, inventory: Inventory): ScriptReference {
  if (current !== undefined) {
    // There is no cmdlet that moves it: what is there goes with all it has, and comes again.
    revokeFurtherAddresses(script, network, inventory);
    const old = script.set('oldVmNetworkGateway', 'Get-SCVMNetworkGateway', { VMNetwork: vmNetwork });
    script.run('Remove-SCVMNetworkGateway', { VMNetworkGateway: old });
  }
  script.comment(`Get gateway device '${service.name}'`);
  const device = script.set('gatewayDevice', 'Get-SCNetworkGateway', { Name: service.name });
  return script.set('vmNetworkGateway', 'Add-SCVMNetworkGateway', { Name: `${network.name}_Gateway`, EnableBGP: false, NetworkGateway: device, VMNetwork: vmNetwork });
}

interface NatPart {
  readonly network: VmNetwork;
  readonly gateway: ScriptReference;
  readonly isNew: boolean;
  readonly input: SetConnectivityInput;
  readonly nat: NatTarget | null;
}

function natScript(script: Script, { network, gateway, isNew, input, nat }: NatPart, inventory: Inventory): void {
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const there = !isNew && current !== undefined ? inventory.vmNetworkGateways.natOf(current.id) : undefined;
  const getConnection = () => script.set('natConnection', 'Get-SCNATConnection', { VMNetworkGateway: gateway });
  let found: ScriptReference | undefined;
  const connection = () => (found ??= getConnection());
  if (nat === null) {
    if (input.directConnection !== null || there === undefined) return;
    revokeFurtherAddresses(script, network, inventory);
    script.run('Remove-SCNATConnection', { NATConnection: getConnection() });
    return;
  }
  const isKept = 'kept' in nat.address && there?.ipAddressAllocationId === nat.address.kept.id;
  if (isKept) {
    changeRules(script, connection, rulesOf(network, inventory).filter(({ natExternalAddressId }) => natExternalAddressId === null), rulesAtFirst(nat));
    furtherAddressesScript(script, { network, connection, isNew: false, nat }, inventory);
    return;
  }
  if (there !== undefined) revokeFurtherAddresses(script, network, inventory);
  if (there !== undefined) script.run('Remove-SCNATConnection', { NATConnection: getConnection() });
  script.comment(`Get static IP address pool '${nat.pool.name}'`);
  const externalPool = findPool(script, 'externalIpPool', nat.pool, inventory);
  const made = script.set('natConnection', 'Add-SCNATConnection', { Name: `${network.name}_NatConnection`, VMNetworkGateway: gateway, ExternalIPPool: externalPool, ExternalIPAddress: formatIpv4(addressOf(nat.address)) });
  for (const rule of rulesAtFirst(nat)) addRule(script, made, rule);
  furtherAddressesScript(script, { network, connection: () => made, isNew: true, nat }, inventory);
}

/** There is no cmdlet that changes a rule (fact sheet §3.2). */
function changeRules(script: Script, getConnection: () => ScriptReference, before: readonly Rule[], rules: readonly Rule[]): void {
  const gone = before.filter((rule) => !rules.some((wanted) => isSame(rule, wanted)));
  const added = rules.filter((wanted) => !before.some((rule) => isSame(rule, wanted)));
  if (gone.length === 0 && added.length === 0) return;
  const connection = getConnection();
  for (const { name } of gone) script.run('Remove-SCNATRule', { NATRule: script.set('natRule', 'Get-SCNATRule', { NATConnection: connection, Name: name }) });
  for (const rule of added) addRule(script, connection, rule);
}

type Rule = Pick<NatRule, 'name' | 'protocol' | 'externalPort' | 'internalAddress' | 'internalPort'>;

/** VMM's rules wait at the first external address: Add-SCNATRule cannot name another one. */
function rulesAtFirst({ rules }: NatTarget): readonly Rule[] {
  return rules.filter(({ externalPlace }) => externalPlace === 0);
}

function isSame(a: Rule, b: Rule): boolean {
  return a.name === b.name && a.protocol === b.protocol && a.externalPort === b.externalPort && a.internalAddress === b.internalAddress && a.internalPort === b.internalPort;
}

function addRule(script: Script, natConnection: ScriptReference, { name, protocol, externalPort, internalAddress, internalPort }: Rule): void {
  script.run('Add-SCNATRule', { NATConnection: natConnection, Name: name, Protocol: protocol, ExternalPort: externalPort, InternalIPAddress: formatIpv4(internalAddress), InternalPort: internalPort });
}

