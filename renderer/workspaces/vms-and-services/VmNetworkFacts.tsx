/** Facts about a VM network in columns: network, gateway, VPN connections, virtual machines with the latest job. */
import { Link } from '@fluentui/react-components';
import type { VmNetworkDetails } from '../../../shared/contract/inventory.ts';
import { useConsole } from '../../shell/console.tsx';
import { CopyableAddress } from '../../views/shared/CopyableAddress.tsx';
import { formatInstant } from '../../views/shared/format.ts';
import { JobStatusText } from '../../views/jobs/JobStatusText.tsx';
import { FactList, type Fact } from '../../views/shared/FactList.tsx';
import { VpnColumn } from './VpnColumn.tsx';
import { ColumnStack, DetailsColumn, FactColumn } from '../DetailsFrame.tsx';

export function VmNetworkFacts({ details }: { readonly details: VmNetworkDetails }) {
  return (
    <>
      <FactColumn title="VM network" facts={networkFacts(details)} />
      <GatewayColumn details={details} />
      {details.gateway?.hasVpn === true && <VpnColumn vmNetworkId={details.id} />}
      <ColumnStack>
        <MachinesColumn machines={details.virtualMachineList} />
        <LatestJob job={details.latestJob} />
      </ColumnStack>
    </>
  );
}

function networkFacts(details: VmNetworkDetails): readonly Fact[] {
  return [
    { label: 'Logical network', value: details.logicalNetwork },
    { label: 'Isolation', value: details.isolation },
    ...details.vmSubnets.map((subnet) => ({
      label: details.vmSubnets.length === 1 ? 'VM subnet' : subnet.name,
      value: (
        <>
          <CopyableAddress text={subnet.subnet} what="Subnet" /> VSID {subnet.vsid}
        </>
      ),
    })),
    ...details.vmSubnets.flatMap(({ pool, availableAddresses }) => (pool === null ? [] : [{ label: 'IP pool', value: `${pool}, ${availableAddresses ?? 0} free` }])),
    { label: 'Routing domain', value: <CopyableAddress text={details.routingDomainId} what="Routing domain" /> },
  ];
}

function GatewayColumn({ details: { gateway, nat } }: { readonly details: VmNetworkDetails }) {
  const { navigate } = useConsole();
  if (gateway === null) {
    return <DetailsColumn title="Gateway connection">Not connected. Properties › Connectivity gives this VM network a way out.</DetailsColumn>;
  }
  const facts: readonly Fact[] = [
    {
      label: 'Gateway device',
      value: <Link onClick={() => navigate({ kind: 'compartments', networkServiceId: gateway.networkServiceId })}>{gateway.networkServiceName}</Link>,
    },
    { label: 'Virtual machine', value: gateway.vmName },
    ...(gateway.isForwarding ? [{ label: 'Routing', value: 'Direct routing, without translation' }] : []),
    ...(nat === null
      ? []
      : [
          { label: 'External NAT address', value: <CopyableAddress text={nat.externalAddress} what="External NAT address" /> },
          ...nat.furtherAddresses.map(({ address }, at) => ({ label: `External NAT address ${at + 2}`, value: <CopyableAddress text={address} what="External NAT address" /> })),
          { label: 'NAT pool', value: [...new Set([nat.pool, ...nat.furtherAddresses.map(({ pool }) => pool)])].join(', ') },
          { label: 'NAT ports', value: `${nat.portStart} to ${nat.portEnd}` },
          ...(nat.rules === 0 ? [] : [{ label: 'NAT rules', value: nat.rules }]),
        ]),
    { label: 'Compartment', value: gateway.compartmentId === null ? 'Not made yet' : String(gateway.compartmentId) },
    {
      label: 'Gateway subnet',
      value: (
        <>
          <CopyableAddress text={gateway.gatewaySubnet} what="Gateway subnet" /> VSID {gateway.gatewayVsid}
        </>
      ),
    },
  ];
  return <FactColumn title="Gateway connection" facts={facts} />;
}

function MachinesColumn({ machines }: { readonly machines: VmNetworkDetails['virtualMachineList'] }) {
  if (machines.length === 0) return <DetailsColumn title="Virtual machines">No virtual machine is on this VM network.</DetailsColumn>;
  const facts = machines.map(({ name, address, host, running }) => ({
    label: name,
    value: (
      <>
        <CopyableAddress text={address} what={`Address of ${name}`} /> {running ? `on ${host}` : `on ${host}, not running`}
      </>
    ),
  }));
  return (
    <DetailsColumn title="Virtual machines">
      <FactList facts={facts} />
    </DetailsColumn>
  );
}

function LatestJob({ job }: { readonly job: VmNetworkDetails['latestJob'] }) {
  const { open } = useConsole();
  if (job === null) return <DetailsColumn title="Latest job">No job has touched this VM network yet.</DetailsColumn>;
  const facts: readonly Fact[] = [
    { label: 'Name', value: <Link onClick={() => open({ kind: 'jobs', jobId: job.id })}>{job.name}</Link> },
    { label: 'Status', value: <JobStatusText status={job.status} progress={job.progress} /> },
    { label: 'Started', value: formatInstant(job.startTime) },
    { label: 'Owner', value: job.owner },
  ];
  return <FactColumn title="Latest job" facts={facts} />;
}
