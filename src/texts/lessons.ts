/** What the page says of lessons before one is fetched. */
export const lessonTexts = {
  open: 'Lessons',
  openTitle: 'Five lessons on what you see here',
  shortcut: 'lessons: five short ones on what you see here, and links for a class',
  part: 'The lesson',
  fixed: 'Fixed for the class',
  refused: 'This setting is fixed here.',
};
