export interface VmNetworkPropertiesProps {
  readonly vmNetworkId: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function VmNetworkProperties({ vmNetworkId }: VmNetworkPropertiesProps) {
  return <div>{vmNetworkId}</div>;
}
