import type { Senses } from '../../contract';
import { cosine, sine } from '../engine/trigonometry';
import { swingState } from './simulation';

/** A radian a second is drawn so long, in metres. */
const turnScale = 0.12;

export const senses: Senses = {
  draw(pen, state) {
    const angle = state[swingState.angle]!;
    const angularVelocity = state[swingState.angularVelocity]!;
    const [sin, cos] = [sine(angle), cosine(angle)];
    pen.line([0, 0], [0, cos], 'place');
    pen.line([0, cos], [sin, cos], 'place');
    pen.dot([sin, cos], 'place');
    const side = sin < 0 ? 1 : -1;
    pen.label([0], [side * 0.38, cos / 2], `cos ${cos.toFixed(2)}`, 'place');
    pen.label([1], [sin / 2, cos + (cos < 0 ? -0.16 : 0.16)], `sin ${sin.toFixed(2)}`, 'place');
    const turn = turnScale * angularVelocity;
    const tip = [sin + turn * cos, cos - turn * sin] as const;
    pen.arrow([sin, cos], tip, 'change');
    pen.label([2], [tip[0] * 1.25, tip[1] * 1.25], `${angularVelocity.toFixed(1)} rad/s`, 'change');
  },
};
