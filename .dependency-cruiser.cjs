/** The arrows that the design forbids (docs/ARCHITECTURE.md). */
const rooms = {
  test: '\\.test\\.tsx?$|/testing/',
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$|\\.config\\.(ts|js|cjs)$|^scripts/|^bench/|^e2e/|preload\\.ts$|(export|import|scenario)Worker\\.ts$|main/index\\.ts$|renderer/main\\.tsx$|cli\\.ts$' }, to: {} },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^electron$|\\.css$|\\?' } },
    {
      name: 'electron-only-in-platform',
      severity: 'error',
      from: { path: '^(main|shared|renderer)/', pathNot: '^main/platform/' },
      to: { path: '^electron$|node_modules/electron/|node_modules/electron-log/' },
    },
    { name: 'sqlite-only-in-store', severity: 'error', from: { path: '^(main|shared|renderer)/', pathNot: '^main/store/' }, to: { path: 'better-sqlite3' } },
    { name: 'platform-is-on-top', severity: 'error', from: { path: '^main/', pathNot: '^main/(platform/|index\\.ts)' }, to: { path: '^main/platform/' } },
    { name: 'renderer-knows-shared-only', severity: 'error', from: { path: '^renderer/', pathNot: rooms.test }, to: { path: '^(main|scripts|bench|e2e)/' } },
    { name: 'shared-knows-nothing', severity: 'error', from: { path: '^shared/' }, to: { path: '^(main|renderer|scripts|bench|e2e)/' } },
    { name: 'shared-is-pure', severity: 'error', from: { path: '^shared/', pathNot: rooms.test }, to: { dependencyTypes: ['core'] } },
    {
      name: 'simulation-is-pure',
      severity: 'error',
      from: { path: '^main/simulation/', pathNot: `${rooms.test}|^main/simulation/crypto\\.ts$` },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    { name: 'simulation-knows-shared-only', severity: 'error', from: { path: '^main/simulation/' }, to: { path: '^(main|renderer)/', pathNot: '^main/simulation/' } },
    { name: 'store-is-at-the-bottom', severity: 'error', from: { path: '^main/store/', pathNot: rooms.test }, to: { path: '^main/', pathNot: '^main/store/' } },
    { name: 'jobs-know-store-only', severity: 'error', from: { path: '^main/jobs/', pathNot: rooms.test }, to: { path: '^main/', pathNot: '^main/(jobs|store)/' } },
    { name: 'export-knows-store-and-jobs', severity: 'error', from: { path: '^main/export/', pathNot: rooms.test }, to: { path: '^main/', pathNot: '^main/(export|jobs|store)/' } },
    {
      name: 'projection-knows-store-and-simulation',
      severity: 'error',
      from: { path: '^main/projection/', pathNot: rooms.test },
      to: { path: '^main/', pathNot: '^main/(projection|simulation|store)/' },
    },
    {
      name: 'operations-look-down',
      severity: 'error',
      from: { path: '^main/operations/', pathNot: rooms.test },
      to: { path: '^main/', pathNot: '^main/(operations|jobs|store|projection|simulation)/' },
    },
    { name: 'lab-looks-down', severity: 'error', from: { path: '^main/lab/', pathNot: rooms.test }, to: { path: '^main/(ipc|platform|scenario)/' } },
    { name: 'ipc-and-scenario-are-siblings', severity: 'error', from: { path: '^main/ipc/', pathNot: rooms.test }, to: { path: '^main/(platform|scenario)/' } },
    // A scenario asks the contract itself; what binds the contract to windows is not for it.
    { name: 'scenario-has-no-window', severity: 'error', from: { path: '^main/scenario/', pathNot: rooms.test }, to: { path: '^main/(platform/|ipc/(?!(handlers|router|scenarioDesk)\\.ts$))' } },
    { name: 'product-knows-no-tooling', severity: 'error', from: { path: '^(main|renderer|shared)/', pathNot: rooms.test }, to: { path: '^(scripts|bench|e2e)/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|demo-out|artifacts)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
