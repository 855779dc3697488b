export function JamTab() {
  return <p>Jam</p>;
}
