import { makeStyles, mergeClasses } from '@fluentui/react-components';
import type { PointerEvent } from 'react';

const useStyles = makeStyles({
  root: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
});

/** One line of text; what does not fit is in the tooltip. The native one: thousands of cells must cost nothing. */
export function Truncated({ text, className }: { readonly text: string; readonly className?: string }) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.root, className)} onPointerEnter={showWhenCut}>
      {text}
    </span>
  );
}

function showWhenCut({ currentTarget }: PointerEvent<HTMLElement>): void {
  const cut = currentTarget.scrollWidth > currentTarget.clientWidth;
  if (cut) currentTarget.title = currentTarget.textContent ?? '';
  else currentTarget.removeAttribute('title');
}
