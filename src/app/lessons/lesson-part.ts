// What lessons need of code and sentences, with what draws them: both come, or neither.
import '../../ui/lessons/lessons-view';

export { lessonOf } from '../../lessons/library';
export { answered, arrived, begun, next, noticed, previous, shown, stepsOf } from '../../lessons/progress';
export { lessonWords } from '../../texts/lesson-words';
export { factsOf } from '../../ui/lessons/facts-of';
