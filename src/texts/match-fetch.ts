/** While who plays in a match is being fetched. */
export const matchFetchTexts = {
  onItsWay: 'The match is on its way…',
  cancel: 'Cancel',
};
