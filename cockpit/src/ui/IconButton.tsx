import type { IconNode } from 'lucide';
import { Icon } from './Icon.tsx';

interface IconButtonProps {
  readonly icon: IconNode;
  readonly label: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

export function IconButton({ icon, label, pressed, disabled = false, onClick }: IconButtonProps) {
  return (
    <button type="button" class="button icon-only" aria-label={label} title={label} disabled={disabled}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })} onClick={onClick}>
      <Icon node={icon} />
    </button>
  );
}
