/** Layout that pages of wizards and properties share. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { purposeHeight } from './frameStyles.ts';

export const usePageStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '520px' },
  wide: { display: 'flex', flexDirection: 'column', gap: '12px' },
  /** As high as the page, so that what is long in it scrolls by itself and the rest stays in sight. */
  filling: { display: 'flex', flexDirection: 'column', gap: '12px', height: `calc(100% - ${purposeHeight}px)`, minHeight: '320px' },
  hint: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  pair: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: '12px', alignItems: 'start', '& .fui-Dropdown': { minWidth: 0, width: '100%' } },
  option: { display: 'flex', flexDirection: 'column' },
  row: { display: 'flex', alignItems: 'center', gap: '8px' },
  /** An input in a grid: as wide as its column, however narrow that is. */
  cell: { width: '100%', minWidth: 0, '& input': { width: '100%', minWidth: 0 } },
  problems: { gridColumn: '1 / -1', color: tokens.colorStatusDangerForeground1, fontSize: '12px', lineHeight: '16px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px' },
});
