export interface JobsWindowProps {
  readonly initialJobId?: string;
  readonly onClose: () => void;
}

export function JobsWindow({ initialJobId }: JobsWindowProps) {
  return <div>{initialJobId}</div>;
}
