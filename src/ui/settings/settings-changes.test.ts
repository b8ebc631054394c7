import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hyperparameterProblems, type SettingsPatch, sb3Hyperparameters, withPatch } from '../../contract';
import type { Question } from '../kit/dialogs';
import { pageState } from '../testing/test-state';
import type { ControlState } from './control-states';
import { controlView } from './control-view';
import { type Control, groupedControls } from './controls';
import { SettingsChanges } from './settings-changes';

const page = pageState();
const controls = groupedControls(page).flatMap(([, each]) => each);

function control(key: string): Control {
  const found = controls.find(({ field }) => field.key === key);
  if (found === undefined) throw new Error(`no control of ${key}`);
  return found;
}

/** Changes over the settings of `page`; a person answers questions when a test says so. */
function opened() {
  const sent: SettingsPatch[] = [];
  const questions: Question[] = [];
  const answers: ((isMeant: boolean) => void)[] = [];
  const changes = new SettingsChanges({
    emit: (intent) => intent.kind === 'settings' && sent.push(intent.patch),
    ask: (question) => {
      questions.push(question);
      return new Promise((resolve) => answers.push(resolve));
    },
    inForce: () => page.hyperparameters,
    changed: () => {},
  });
  const answer = async (isMeant: boolean) => {
    for (const resolve of answers.splice(0)) resolve(isMeant);
    await Promise.resolve();
    await Promise.resolve();
  };
  const kindOf = (key: string): ControlState['kind'] => changes.controls.of(control(key).id).kind;
  return { changes, sent, questions, answer, kindOf };
}

describe('a control', () => {
  it('is typed into, sent, and settled by the next state', async () => {
    const { changes, sent, kindOf } = opened();
    changes.type(control('epochs'), '4');
    expect(kindOf('epochs')).toBe('typed');
    await changes.commitTyped(control('epochs'));
    expect(kindOf('epochs')).toBe('sent');
    await changes.commitTyped(control('epochs'));
    expect(sent).toEqual([{ epochs: 4 }]);
    changes.answered([]);
    expect(kindOf('epochs')).toBe('settled');
  });

  it('is typed into again while an answer is under way, which leaves the newer text', async () => {
    const { changes, kindOf } = opened();
    changes.type(control('epochs'), '4');
    await changes.commitTyped(control('epochs'));
    changes.type(control('epochs'), '5');
    changes.answered([]);
    expect(kindOf('epochs')).toBe('typed');
  });

  it('keeps its text while a dialog asks, and asks once though it loses the focus to that', async () => {
    const { changes, sent, questions, answer, kindOf } = opened();
    void changes.commit(control('seed'), '9');
    expect(kindOf('seed')).toBe('asked');
    expect(controlView(control('seed'), changes.controls.of(control('seed').id), page).text).toBe('9');
    void changes.commit(control('seed'), '9');
    void changes.commit(control('epochs'), '4');
    void changes.choosePreset('sb3', page.presets.sb3);
    expect(questions).toHaveLength(1);
    await answer(false);
    expect(kindOf('seed')).toBe('settled');
    expect(sent).toEqual([]);
  });

  it('shows the value in force and what was wrong once it is refused, and forgets it with the next one accepted', async () => {
    const { changes, kindOf } = opened();
    await changes.commit(control('epochs'), 'many');
    expect(kindOf('epochs')).toBe('refused');
    const view = () => controlView(control('epochs'), changes.controls.of(control('epochs').id), page);
    expect(view()).toMatchObject({ text: '10', isInvalid: false, problem: { key: 'epochs' } });
    expect(changes.problems).toHaveLength(1);
    await changes.commit(control('clipRange'), '0.1');
    expect(kindOf('epochs')).toBe('settled');
    expect(changes.problems).toEqual([]);
    expect(view().problem).toBeNull();
  });

  it('is settled where its text is the value in force', async () => {
    const { changes, sent, kindOf } = opened();
    await changes.commit(control('epochs'), '10');
    expect(kindOf('epochs')).toBe('settled');
    expect(sent).toEqual([]);
  });
});

it('sends nothing that cannot work, whatever is done in whatever order', async () => {
  const texts = fc.oneof(
    fc.constantFrom('0', '64', '100', '1e9', '', 'on', 'relu', '-1', '0.5'),
    fc.string(),
  );
  const steps = fc.array(
    fc.record({
      step: fc.constantFrom('type', 'commit', 'commitTyped', 'giveUp', 'yes', 'no', 'answered', 'preset'),
      control: fc.constantFrom(...controls),
      text: texts,
    }),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { changes, sent, answer } = opened();
      for (const { step, control: each, text } of all) {
        if (step === 'type') changes.type(each, text);
        else if (step === 'commit') void changes.commit(each, text);
        else if (step === 'commitTyped') void changes.commitTyped(each);
        else if (step === 'giveUp') changes.giveUp(each);
        else if (step === 'answered') changes.answered([]);
        else if (step === 'preset') void changes.choosePreset('cleanrl', sb3Hyperparameters);
        else await answer(step === 'yes');
      }
      for (const patch of sent) {
        expect(hyperparameterProblems(withPatch(page.hyperparameters, patch))).toEqual([]);
      }
    }),
    { numRuns: 50 },
  );
});
