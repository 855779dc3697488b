export function BankTab() {
  return <p>Bank</p>;
}
