/** Waits for the properties of an object; a window without them says why. */
import type { ReactNode } from 'react';
import type { ConsoleError } from '../../../shared/contract/errors.ts';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import { useDelayed } from '../../views/shared/useDelayed.ts';
import { PropertiesFrame } from './PropertiesFrame.tsx';

interface LoadedPropertiesProps<T> {
  readonly title: string;
  readonly icon: ReactNode;
  /** Undefined while they are on their way. */
  readonly data: T | undefined;
  readonly error: ConsoleError | null;
  readonly onClose: () => void;
  readonly children: (data: T) => ReactNode;
}

export function LoadedProperties<T>({ title, icon, data, error, onClose, children }: LoadedPropertiesProps<T>) {
  const isSlow = useDelayed(data === undefined);
  if (error === null && data !== undefined) return children(data);
  if (error === null && !isSlow) return null;
  const content = error === null ? <LoadingState what="the properties" /> : <ErrorState error={error} />;
  return (
    <PropertiesFrame
      title={title}
      icon={icon}
      pages={[{ id: 'general', label: 'General', purpose: '', content }]}
      pageId="general"
      onPage={() => undefined}
      notice={null}
      isBusy={false}
      canAccept={false}
      onAccept={onClose}
      onCancel={onClose}
    />
  );
}
