/** tshark reads what every tap of every kind of lab recorded: nothing malformed, no bad checksum, and the same VSIDs, FlowIDs and addresses. */
import { afterEach, describe, expect, it } from 'vitest';
import { formatIpv4, ipv4 } from '../../shared/net/ipv4.ts';
import { Simulation } from './engine.ts';
import { contosoConfig, externalOf, gatewayId, gatewayVsidOf, vmId, vmVsidOf, webServer } from './testing/contoso.ts';
import { sampleLabs } from './testing/labs.ts';
import { officeHost } from './testing/office.ts';
import { CaptureFile, hasTshark, warnWithoutTshark } from './testing/tshark.ts';
import { destinationOf, sourceOf } from './wire/ipv4.ts';
import { flowIdOf, vsidOf } from './wire/nvgre.ts';

const second = 1_000_000_000;
const outerLength = 34;
const nvgreLength = 8;
const innerEthernetLength = 14;

warnWithoutTshark('captures read by tshark');

let file: CaptureFile | undefined;
afterEach(() => {
  file?.dispose();
  file = undefined;
});

/** Pings of every machine to everywhere, of many sizes, a failover, a fault: all that makes frames of another kind. */
function liven(simulation: Simulation): void {
  const ping = (tenant: number, machine: 1 | 2, destination: number, payloadSize = 32, timeToLive = 128, doNotFragment = false): void => {
    simulation.startPing({ vmId: vmId(tenant, machine), destination, count: 2, payloadSize, timeToLive, doNotFragment, intervalNs: second, timeoutNs: 2 * second });
  };
  for (const tenant of [0, 1]) {
    for (const machine of [1, 2] as const) {
      for (const destination of [webServer, officeHost, ipv4('192.0.2.99'), ipv4('10.30.1.5'), ipv4('10.30.1.1'), ipv4('10.254.254.2')]) ping(tenant, machine, destination);
      for (const size of [0, 1, 1372, 1430, 1431, 3000, 8000]) ping(tenant, machine, webServer, size);
      for (const size of [1373, 3001]) ping(tenant, machine, officeHost, size);
      for (const timeToLive of [1, 2, 3]) ping(tenant, machine, webServer, 32, timeToLive);
      ping(tenant, machine, webServer, 1431, 128, true);
    }
  }
  simulation.advance(10 * second);
  simulation.failOver(gatewayId);
  simulation.advance(20 * second);
  for (const tenant of [0, 1]) ping(tenant, 1, webServer);
  simulation.setFaults([{ kind: 'gatewayFirewallOn', gatewayId }]);
  simulation.advance(10 * second);
}

function recorded(simulation: Simulation): CaptureFile {
  const id = simulation.startCapture({ maximumBytes: 100_000_000 });
  liven(simulation);
  expect(simulation.captureState(id)?.overwritten).toBe(0);
  return new CaptureFile(simulation.endCapture(id, 0n) ?? []);
}

describe.skipIf(!hasTshark)('tshark as referee', () => {
  it.each(Object.entries(sampleLabs))('%s', (_name, config) => {
    file = recorded(new Simulation(config()));
    expect(file.wrongFrames()).toEqual([]);
    expect(file.read('icmp', ['frame.number']).length).toBeGreaterThan(100);
  });

  it('decodes the same VSID, FlowID and addresses as the engine, frame by frame', () => {
    const simulation = new Simulation(contosoConfig());
    const [provider = ''] = simulation.tapNames().filter((name) => name.startsWith('Provider'));
    const frames: string[][] = [];
    simulation.listen(provider, ({ bytes }) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const vsid = vsidOf(view, outerLength, bytes.length);
      const inner = outerLength + nvgreLength + innerEthernetLength;
      // Customers' ARP has no FlowID of a flow: only IPv4 is compared.
      if (vsid === undefined || view.getUint16(inner - 2) !== 0x0800) return;
      const addresses = (at: number) => [formatIpv4(sourceOf(view, at)), formatIpv4(destinationOf(view, at))];
      const [outer, customer] = [addresses(innerEthernetLength), addresses(inner)];
      frames.push([String(vsid), String(flowIdOf(view, inner, bytes.length)), `${outer[0]},${customer[0]}`, `${outer[1]},${customer[1]}`]);
    });
    file = recorded(simulation);
    const decoded = file.read(`gre.proto == 0x6558 && ip && frame.interface_name == "${provider}" && count(ip.src) >= 2`, ['gre.key', 'ip.src', 'ip.dst']);
    // An ICMP error quotes a third header: the first two are the packet's own.
    const two = (list = ''): string => list.split(',').slice(0, 2).join(',');
    expect(decoded.length).toBeGreaterThan(200);
    expect(decoded.map(([key, source, destination]) => [String(Number(key) >>> 8), String(Number(key) & 0xff), two(source), two(destination)])).toEqual(frames);
    expect(new Set(frames.map(([vsid]) => Number(vsid)))).toEqual(new Set([gatewayVsidOf(0), gatewayVsidOf(1), vmVsidOf(0), vmVsidOf(1)]));
  });

  it('sees only external addresses at the front end', () => {
    file = recorded(new Simulation(contosoConfig()));
    const frontEnd = file.read('icmp.type == 8 && !(icmp.type == 3 || icmp.type == 11) && frame.interface_name contains "FrontEnd"', ['ip.src']);
    expect(new Set(frontEnd.map(([source]) => source))).toEqual(new Set([externalOf(0), externalOf(1)].map((address) => formatIpv4(address))));
  });
});
