/** Commands that many tests give: a second gateway VM, a gateway device with its connections, a VPN tunnel. */
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { command, type Command } from './bench.ts';

type Tunnel = NonNullable<OperationInput<'vmNetwork.setConnectivity'>['vpnTunnel']>;

/** A gateway VM from the template, with everything that is done inside it. */
export function gatewayMachine(name: string, host: string): readonly Command[] {
  return [
    command('virtualMachine.create', { vmTemplate: 'GatewayTemplate', name, role: 'gateway', host }),
    ...(['External', 'Management', 'Backend'] as const).map((adapter, at) => command('guest.renameAdapter', { virtualMachine: name, networkAdapter: at === 0 ? 'Ethernet' : `Ethernet ${at + 1}`, name: adapter })),
    command('guest.setFirewall', { virtualMachine: name, isOn: false }),
    command('guest.installRemoteAccess', { virtualMachine: name, roleServices: ['DirectAccess and VPN (RAS)', 'Routing'] }),
    command('guest.deployRemoteAccess', { virtualMachine: name, deployment: 'VpnOnly' }),
  ];
}

export function addDevice(name: string, connectionString: string, runAsAccount = 'GatewayLocalAdmin'): Command {
  return command('networkService.add', {
    name,
    manufacturer: 'Microsoft',
    model: 'Microsoft Windows Server Gateway',
    runAsAccount,
    connectionString,
    configurationProvider: 'Microsoft Windows Server Gateway Provider',
    hostGroups: ['Contoso-DC'],
  });
}

export function connectDevice(networkService: string): readonly Command[] {
  return [
    command('networkService.addConnection', { networkService, connectionType: 'FrontEnd', networkAdapter: 'External', networkSite: 'Contoso_External_LN01_0' }),
    command('networkService.addConnection', { networkService, connectionType: 'BackEnd', networkAdapter: 'Backend', networkSite: 'Contoso_HNV_LN01_0' }),
  ];
}

export function removeDevice(networkService: string): readonly Command[] {
  return [
    command('networkService.removeConnection', { networkService, connectionType: 'BackEnd' }),
    command('networkService.removeConnection', { networkService, connectionType: 'FrontEnd' }),
    command('networkService.remove', { networkService }),
  ];
}

/** The key of the office, which whoever opens a lab has to type. */
export const typeKey = command('runAsAccount.change', { runAsAccount: 'Fabrikam_PSK', secret: 'agreed upon 0123456789', confirmation: 'agreed upon 0123456789' });

/** Fabrikam's office, through which BGP is spoken. */
export const office = { name: 'Fabrikam office', remoteEndpoint: '198.51.100.20', runAsAccount: 'Fabrikam_PSK', routes: ['10.30.50.0/24'] };
export const officePeer = { name: 'Office', address: '10.30.50.1', autonomousSystemNumber: 65_050 };

export function vpn(change: Partial<Tunnel> = {}, vmNetwork = 'Fabrikam'): Command {
  return command('vmNetwork.setConnectivity', { vmNetwork, vpnTunnel: { gatewayDevice: 'Gateway01', connections: [office], ...change } });
}
