import { continuous, defineAgent, gain, rays, when } from 'playtrain/phaser';
import { topSpeed } from './car';
import { carCount, type RaceScene } from './racer';

const carOf = ({ cars }: RaceScene, who: number) => cars[who]!;

/** All cars are driven by one policy, each with an episode of its own: until it touches a wall, or a minute long. */
export const driver = defineAgent<RaceScene>({
  name: 'racer',
  scene: 'RaceScene',
  every: 4,
  limit: 3_600,
  bodies: carCount,
  begin: (scene, who) => carOf(scene, who).putBack(),
  sees: (scene, who) => {
    const { speed, slide, spin } = carOf(scene, who);
    return { speed: speed / topSpeed, slide: slide / 2, spin: spin * 15 };
  },
  sensors: {
    ray: rays({
      from: (scene, who) => carOf(scene, who).image,
      count: 11,
      spread: 200,
      lengthPx: 320,
      meet: { wall: ({ walls }) => walls },
    }),
  },
  does: continuous({ steer: [-1, 1], gas: [-1, 1] }, (scene, { steer, gas }, who) =>
    scene.drive(who, steer, gas),
  ),
  earns: {
    way: gain((scene, who) => carOf(scene, who).drivenPx / 100),
    crash: when((scene, who) => carOf(scene, who).hasTouched, -1),
    clean: gain((scene, who) => carOf(scene, who).laps.cleanLaps, 0),
  },
  ends: (scene, who) => carOf(scene, who).hasTouched,
});
