/** What wizards and properties windows have in common: pages left, the chosen page right, buttons at the foot. */
import { makeStyles, tokens } from '@fluentui/react-components';

/** Pixels that the line on top of a page takes, with the room below it. */
export const purposeHeight = 36;

export const useFrameStyles = makeStyles({
  surface: { maxWidth: 'min(860px, calc(100vw - 48px))', width: '860px', height: 'min(600px, calc(100vh - 48px))', padding: 0, borderRadius: tokens.borderRadiusMedium, overflow: 'hidden' },
  form: { height: '100%', display: 'grid', gridTemplateColumns: '200px minmax(0, 1fr)', gridTemplateRows: '44px minmax(0, 1fr) auto' },
  title: { gridColumn: '1 / -1', display: 'flex', alignItems: 'center', gap: '8px', padding: '0 8px 0 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  icon: { display: 'flex', color: tokens.colorBrandForeground1 },
  heading: { margin: 0, flexGrow: 1, fontSize: '16px', lineHeight: '22px', fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  pages: { padding: '8px', display: 'flex', flexDirection: 'column', gap: '2px', backgroundColor: tokens.colorNeutralBackground2, borderRight: `1px solid ${tokens.colorNeutralStroke2}`, overflow: 'auto' },
  pageButton: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    minHeight: '32px',
    padding: '4px 8px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: '13px',
    textAlign: 'start',
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    ':disabled': { color: tokens.colorNeutralForegroundDisabled, backgroundColor: 'transparent' },
  },
  pageOn: { backgroundColor: tokens.colorBrandBackground2, fontWeight: tokens.fontWeightSemibold },
  pageLabel: { flexGrow: 1 },
  wrong: { color: tokens.colorStatusDangerForeground1, display: 'flex' },
  done: { color: tokens.colorNeutralForeground3 },
  content: { overflow: 'auto', padding: '16px 24px', minWidth: 0 },
  purpose: { margin: `0 0 ${purposeHeight - 20}px`, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  foot: { gridColumn: '1 / -1', display: 'flex', alignItems: 'center', gap: '8px', padding: '12px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2 },
  notice: { flexGrow: 1, minWidth: 0 },
  noticeWrong: { color: tokens.colorStatusDangerForeground1, fontSize: '12px', lineHeight: '16px' },
});
