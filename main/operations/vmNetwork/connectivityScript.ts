/** PowerShell of the Connectivity page (fact sheet §1.8, 3.1, 5). */
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { Script, type ScriptReference } from '../powershell/script.ts';
import type { NatTarget, UsableGateway } from './connectivityTarget.ts';

export function disconnectScript(network: VmNetwork): Script {
  const script = new Script();
  const vmNetwork = script.set('vmNetwork', 'Get-SCVMNetwork', { ID: network.id });
  const gateway = script.set('vmNetworkGateway', 'Get-SCVMNetworkGateway', { VMNetwork: vmNetwork });
  return script.run('Remove-SCVMNetworkGateway', { VMNetworkGateway: gateway });
}

/** The part that both ways share: `$vmNetworkGateway` on the gateway device. */
function addGateway(script: Script, network: VmNetwork, { service }: UsableGateway, inventory: Inventory): ScriptReference {
  const vmNetwork = script.set('vmNetwork', 'Get-SCVMNetwork', { ID: network.id });
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if (current !== undefined) {
    // There is no cmdlet that moves it: what is there goes, and comes again.
    const old = script.set('oldVmNetworkGateway', 'Get-SCVMNetworkGateway', { VMNetwork: vmNetwork });
    script.run('Remove-SCVMNetworkGateway', { VMNetworkGateway: old });
  }
  script.comment(`Get gateway device '${service.name}'`);
  const device = script.set('gatewayDevice', 'Get-SCNetworkGateway', { Name: service.name });
  return script.set('vmNetworkGateway', 'Add-SCVMNetworkGateway', { Name: `${network.name}_Gateway`, EnableBGP: false, NetworkGateway: device, VMNetwork: vmNetwork });
}

export function directScript(network: VmNetwork, gateway: UsableGateway, inventory: Inventory): Script {
  const script = new Script();
  addGateway(script, network, gateway, inventory);
  return script;
}

export function natScript(network: VmNetwork, { gateway, pool, address }: NatTarget, inventory: Inventory): Script {
  const script = new Script();
  const added = addGateway(script, network, gateway, inventory);
  script.comment(`Get static IP address pool '${pool.name}'`);
  const externalPool = script.set('externalIpPool', 'Get-SCStaticIPAddressPool', { ID: pool.id });
  const external = 'kept' in address ? address.kept.address : address.taken;
  script.set('natConnection', 'Add-SCNATConnection', { Name: `${network.name}_NatConnection`, VMNetworkGateway: added, ExternalIPPool: externalPool, ExternalIPAddress: formatIpv4(external) });
  return script;
}
