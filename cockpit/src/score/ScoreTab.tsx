export function ScoreTab() {
  return <p>Score</p>;
}
