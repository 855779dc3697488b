export function LiveTab() {
  return <p>Live</p>;
}
