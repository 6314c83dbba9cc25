export interface PingWindowProps {
  readonly initialVirtualMachineId?: string;
  readonly vmNetworkId?: string;
  readonly onClose: () => void;
}

export function PingWindow({ initialVirtualMachineId }: PingWindowProps) {
  return <div>{initialVirtualMachineId}</div>;
}
