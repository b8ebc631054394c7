import type { Poster } from '../../ui/gallery/poster';

/** A file a game, or one a theme where it follows the page's. */
const files = import.meta.glob<string>('../../../assets/posters/*.webp', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});

/** The poster of each of these games that has one. */
export function postersOf(games: readonly { readonly id: string }[]): Readonly<Record<string, Poster>> {
  const url = (name: string) => files[`../../../assets/posters/${name}.webp`];
  return Object.fromEntries(
    games.flatMap(({ id }) => {
      const [dark, light] = [url(`${id}-dark`) ?? url(id), url(`${id}-light`) ?? url(id)];
      return dark === undefined || light === undefined ? [] : [[id, { dark, light }]];
    }),
  );
}
