/** The address of a game's picture in each theme. */
export interface Poster {
  readonly dark: string;
  readonly light: string;
}
