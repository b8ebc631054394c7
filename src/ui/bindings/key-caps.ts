import { html, type TemplateResult } from 'lit-html';
import type { BindingPlace } from '../../contract';
import { keyName } from '../kit/key-name';
import type { PageState } from '../shell/page-state';

/** Which keys play, and what they are called. */
export type PlayKeys = Pick<PageState, 'bindings' | 'keyNames'>;

/** What the first key is called that does something. */
export function boundKeyName({ bindings, keyNames }: PlayKeys, place: BindingPlace): string {
  const [code = ''] = bindings[place];
  return keyName(code, keyNames);
}

/** The first key of each place, as hints show them. */
export function keyCaps(keys: PlayKeys, ...places: readonly BindingPlace[]): readonly TemplateResult[] {
  return places.map((place) => html`<kbd>${boundKeyName(keys, place)}</kbd> `);
}
