import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Separator } from 'react-resizable-panels';

const useStyles = makeStyles({
  root: {
    backgroundColor: tokens.colorNeutralStroke1,
    outlineStyle: 'none',
    transitionProperty: 'background-color',
    transitionDuration: tokens.durationFast,
    ':hover': { backgroundColor: tokens.colorBrandStroke1 },
    ':focus-visible': { backgroundColor: tokens.colorStrokeFocus2, boxShadow: `0 0 0 1px ${tokens.colorStrokeFocus2}` },
  },
  vertical: { width: '1px' },
  horizontal: { height: '1px' },
});

/** The line between two panes: dragged, or moved with the arrow keys. */
export function PaneSeparator({ orientation, label }: { readonly orientation: 'vertical' | 'horizontal'; readonly label: string }) {
  const styles = useStyles();
  return <Separator aria-label={label} className={mergeClasses(styles.root, styles[orientation])} />;
}
