export interface CompartmentViewProps {
  /** Id of the network service (the gateway). */
  readonly networkServiceId: string;
}

export function CompartmentView({ networkServiceId }: CompartmentViewProps) {
  return <div>{networkServiceId}</div>;
}
