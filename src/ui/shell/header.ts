import { html, nothing, render } from 'lit-html';
import { fullScreenTexts } from '../../texts/full-screen';
import { largeTypeTexts } from '../../texts/large-type';
import { lessonTexts } from '../../texts/lessons';
import { mayFillScreen } from '../full-screen/full-screen';
import { gameButton } from '../gallery/game-button';
import { icons, mark } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { type PageState, type Theme, themes } from './page-state';

const themeIcons: Readonly<Record<Theme, unknown>> = {
  auto: icons.themeAuto,
  dark: icons.themeDark,
  light: icons.themeLight,
};

/** Name, promise, game, theme, size of type, link and help. */
export function header(container: HTMLElement, emit: Emit, showHelp: () => void): Panel {
  const changed = changeDetector(({ game, games, theme, large, gallery }) => [
    game,
    games,
    theme,
    large,
    gallery,
  ]);
  return {
    update(state) {
      if (changed(state)) render(template(state, emit, showHelp), container);
    },
  };
}

function themeAfter(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto';
}

function template(state: PageState, emit: Emit, showHelp: () => void) {
  const { game, games, theme, large } = state;
  const about = games.find(({ id }) => id === game)?.about;
  return html`
    <div class="brand">
      ${mark}
      <div>
        <h1>Playtrain</h1>
        <p class="promise">Agents that learn while the game plays</p>
      </div>
    </div>
    ${games.length > 1 ? gameButton(state, emit) : nothing}
    <p class="game-summary">${about?.summary}</p>
    <div class="header-tools">
      <button type="button" class="button button-icon" title="Theme: ${theme}"
        aria-label="Theme: ${theme}. Switch to ${themeAfter(theme)}."
        @click=${() => emit((present) => ({ kind: 'theme', theme: themeAfter(present.theme) }))}>${themeIcons[theme]}</button>
      <button type="button" class="button button-icon large-type-button" title=${largeTypeTexts.title} aria-label=${largeTypeTexts.name}
        aria-pressed=${large} @click=${() => emit((present) => ({ kind: 'large', on: !present.large }))}>${icons.largeType}</button>
      ${
        mayFillScreen(document)
          ? html`<button type="button" class="button button-icon" title=${fullScreenTexts.beginTitle}
              aria-label=${fullScreenTexts.begin} @click=${() => emit({ kind: 'fullScreen' })}>${icons.larger}</button>`
          : nothing
      }
      ${
        games.length > 1
          ? html`<button type="button" class="button button-icon" title=${lessonTexts.openTitle} aria-label=${lessonTexts.open}
        @click=${() => emit({ kind: 'listLessons', open: true })}>${icons.book}</button>`
          : nothing
      }
      <button type="button" class="button button-icon" title="Copy a link to this game with these settings"
        aria-label="Copy link" @click=${() => emit({ kind: 'copyLink' })}>${icons.link}</button>
      <button type="button" class="button button-icon" title="Help and keys (?)" aria-label="Help and keys"
        @click=${showHelp}>${icons.help}</button>
    </div>`;
}
