/** Network adapters of a template in PowerShell. */
import type { Script, ScriptReference } from '../powershell/script.ts';
import { scriptSwitch } from '../powershell/script.ts';
import type { Connection } from './connections.ts';

export function addAdapter(script: Script, template: ScriptReference, slot: number, connection: Connection): void {
  if (connection.kind === 'notConnected') {
    script.run('New-SCVirtualNetworkAdapter', { VMTemplate: template, Synthetic: scriptSwitch, NoConnection: scriptSwitch });
    return;
  }
  // The VM network without isolation has the name of its logical network.
  script.comment(`Get VM Network '${connection.network.name}'`);
  const network = script.set(`vmNetwork${slot}`, 'Get-SCVMNetwork', { Name: connection.network.name });
  script.run('New-SCVirtualNetworkAdapter', { VMTemplate: template, Synthetic: scriptSwitch, VMNetwork: network, MACAddressType: 'Static', IPv4AddressType: 'Static' });
}
