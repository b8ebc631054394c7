import { html, nothing, render } from 'lit-html';
import { changedBindings, type GameAbout } from '../../contract';
import { bindingTexts } from '../../texts/bindings';
import { pageTexts } from '../../texts/page';
import { changeDetector, type Panel } from '../kit/panel';
import { glossaryList } from './glossary-list';

const entries: readonly { readonly label: string; readonly key: Exclude<keyof GameAbout, 'promise'> }[] = [
  { label: 'Setup', key: 'setup' },
  { label: 'Goal', key: 'goal' },
  { label: 'Reward', key: 'reward' },
  { label: 'Observations', key: 'observations' },
  { label: 'Actions', key: 'actions' },
  { label: 'Controls', key: 'controls' },
];

/** What the game is, as it tells about itself, and what the page does with it. */
export function aboutPanel(container: HTMLElement): Panel {
  const changed = changeDetector(({ game, games, spec, bindings }) => [game, games, spec, bindings]);
  return {
    update(state) {
      if (!changed(state)) return;
      const about = state.games.find(({ id }) => id === state.game)?.about;
      if (about === undefined) return;
      const { observationSpace, rewardTerms } = state.spec;
      const hasOwnKeys = Object.keys(changedBindings(state.bindings)).length > 0;
      render(
        html`
          <h2>About ${about.title}</h2>
          <p class="lead">${about.summary}</p>
          <dl class="about">
            ${entries.map(({ label, key }) => html`<dt>${label}</dt><dd>${about[key]}</dd>`)}
            ${hasOwnKeys ? html`<dd>${bindingTexts.chosenOtherwise}</dd>` : nothing}
            <dt>What the agent is given</dt>
            <dd>${observationSpace.size} numbers: ${observationSpace.names.join(', ')}.</dd>
            <dt>Parts of the reward</dt>
            <dd>
              <ul>
                ${rewardTerms.map(
                  ({ name, description, shaping }) =>
                    html`<li><strong>${name}</strong>: ${description}${shaping === true ? ` ${pageTexts.shaping}` : ''}</li>`,
                )}
              </ul>
            </dd>
          </dl>
          ${glossaryList()}
          <h2>About Playtrain</h2>
          <p>${pageTexts.aboutPlaytrain}</p>`,
        container,
      );
    },
  };
}
