/** Practice, and a rival of one's own. */
export const practiceTexts = {
  serves: 'Practise serves',
  servesMeaning: 'You serve every rally, at half speed, until you leave; nothing is rated',
  onCourt: 'serve practice',
  begun: 'Serve practice: you serve every rally, until you leave. Nothing is rated.',
  rival: 'Train two minutes, then play it',
  rivalMeaning:
    'The agent in training learns as fast as it goes for two minutes. Then you meet what it has become, at the speed of the game.',
  training: 'Your rival is learning',
  left: (leftMs: number) => `${clock(leftMs)} left`,
  meet: 'Play it now',
  leave: 'Stop',
};

/** Such as `1:05`. */
function clock(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
