/** Library: empty for now; it says so instead of pretending. */
import { EmptyState } from '../../views/shared/states.tsx';

export function LibraryPage() {
  return <EmptyState title="The library is empty">Service templates and gateway configurations will be kept here. This lab has none.</EmptyState>;
}
