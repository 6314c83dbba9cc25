const colour = /"[0-9a-f]{16}"/g;

/** Rows that only one of two inventories has; the first ones. One difference changes what stands for the ids around it: first without them. */
export function shapeDifference(one: readonly string[], other: readonly string[]): readonly string[] {
  const plain = (lines: readonly string[]) => lines.map((line) => line.replace(colour, '"id"'));
  const rough = onlyInOne(plain(one), plain(other));
  return (rough.length > 0 ? rough : onlyInOne(one, other)).slice(0, 20);
}

function onlyInOne(one: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  const added = one.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...added.map((line) => `+ ${line}`), ...left.map((line) => `- ${line}`)];
}
