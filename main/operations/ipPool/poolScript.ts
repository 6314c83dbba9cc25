/** The parameters that New- and Set-SCStaticIPAddressPool have in common (fact sheet §5). */
import { formatAddressRanges } from '../../../shared/net/addressRanges.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import { scriptSwitch, type Script, type ScriptValue } from '../powershell/script.ts';
import type { WantedSettings } from './settingsChecks.ts';

export function scriptSettings(script: Script, { start, end, settings }: WantedSettings): Record<string, ScriptValue> {
  const gateways = script.value('allGateways', []);
  for (const { address, metric, isAutomatic } of settings.gateways) {
    script.append('allGateways', 'New-SCDefaultGateway', { IPAddress: formatIpv4(address), ...(isAutomatic ? { Automatic: scriptSwitch } : { Metric: metric }) });
  }
  const set = (isVip: boolean) => formatAddressRanges(settings.reservations.filter((range) => range.isVip === isVip));
  return {
    IPAddressRangeStart: formatIpv4(start),
    IPAddressRangeEnd: formatIpv4(end),
    VIPAddressSet: set(true),
    IPAddressReservedSet: set(false),
    DefaultGateway: gateways,
    DNSServer: settings.dnsServers.map(formatIpv4),
    DNSSuffix: settings.dnsSuffix,
    DNSSearchSuffix: settings.dnsSearchSuffixes,
    WINSServer: settings.winsServers.map(formatIpv4),
    EnableNetBIOS: settings.enableNetbios,
  };
}
