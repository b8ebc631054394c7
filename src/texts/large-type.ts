/** The setting for projectors. */
export const largeTypeTexts = {
  name: 'Large type',
  title: 'Large type and strong contrast, for a projector',
} as const;
