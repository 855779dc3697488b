# Samples that ran over the rails of 16 bits and came back at the other side are put where they belong, the whole at half
# level; reads and writes sox's text format (.dat). flite's awb does that in its loudest vowels.
/^;/ { print; next }
{
  if (NR > 1 && $2 - last > 1) turn -= 2
  if (NR > 1 && $2 - last < -1) turn += 2
  last = $2
  printf "%s %.9f\n", $1, ($2 + turn) / 2
}
