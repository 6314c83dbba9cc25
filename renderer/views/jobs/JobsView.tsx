export function JobsView() {
  return <div>Jobs</div>;
}
