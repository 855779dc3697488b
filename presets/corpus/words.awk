# Writes the corpus that the voices are cut from: nonsense words that hold every pair of English phones, one a line,
# "name phone phone ...", vowels with their stress. Names are pronounceable, because flite spells out what is not.
#   awk -f words.awk
function name(n,   c, v) {
  c = "bdfgklmnprstvz"; v = "aeiou"
  return substr(c, n % 14 + 1, 1) substr(v, int(n / 14) % 5 + 1, 1) substr(c, int(n / 70) % 14 + 1, 1) \
      substr(v, int(n / 980) % 5 + 1, 1)
}
function say(phones) { if (!(phones in said)) { said[phones] = 1; print name(count++), phones } }
BEGIN {
  vowels = split("aa ae ah ao aw ay eh er ey ih iy ow oy uh uw", V, " ")
  onsets = split("b ch d dh f g hh jh k l m n p r s sh t th v w y z zh", O, " ")
  codas = split("b ch d dh f g jh k l m n ng p r s sh t th v z zh", C, " ")
  # clusters that one syllable may begin or end with; all others are spoken across two syllables
  n = split("p-l p-r b-l b-r t-r d-r k-l k-r g-l g-r f-l f-r th-r sh-r s-l s-m s-n s-p s-t s-k s-w t-w d-w k-w g-w th-w " \
      "p-y b-y k-y f-y m-y hh-y v-y s-f", L, " ")
  for (i = 1; i <= n; i++) onset[L[i]] = 1
  n = split("m-p m-f m-z n-t n-d n-s n-z n-ch n-jh n-th ng-k ng-z ng-th l-p l-b l-t l-d l-k l-f l-v l-s l-z l-m l-n l-ch " \
      "l-jh l-th l-sh r-p r-b r-t r-d r-k r-g r-f r-v r-s r-z r-m r-n r-l r-ch r-jh r-th r-sh p-t p-s p-th t-s t-th k-t " \
      "k-s b-d b-z d-z g-d g-z f-t f-s f-th v-d v-z th-s th-t dh-z dh-d s-p s-t s-k sh-t ch-t jh-d z-d zh-d m-d ng-d", L, " ")
  for (i = 1; i <= n; i++) coda[L[i]] = 1
  # every consonant before and after every vowel, in words of one syllable
  for (v = 1; v <= vowels; v++)
    for (i = 1; i <= onsets; i++) say(O[i] " " V[v] "1 " C[(i + 5 * v) % codas + 1])
  # vowels at the edge of silence
  for (v = 1; v <= vowels; v++) {
    say(V[v] "1 s"); say(V[v] "1 d"); say("b " V[v] "1"); say("s " V[v] "1")
  }
  # the neutral vowel, before and after everything
  for (i = 1; i <= onsets; i++) say("ax0 " O[i] " aa1")
  for (i = 1; i <= codas; i++) say("d aa1 " C[i] " ax0")
  for (i = 1; i <= codas; i++) say("d aa1 d ax0 " C[i])
  # consonants that do not end a syllable, after every vowel; ng, which begins none, before it
  for (v = 1; v <= vowels; v++) {
    say("d " V[v] "1 hh aa1"); say("d " V[v] "1 w aa1"); say("d " V[v] "1 y aa1"); say("d aa1 ng " V[v] "1")
  }
  # two consonants
  for (i = 1; i <= codas; i++)
    for (j = 1; j <= onsets; j++) {
      pair = C[i] "-" O[j]
      if (C[i] == O[j]) continue
      if (pair in onset) say(C[i] " " O[j] " aa1 d")
      if (pair in coda) say("d aa1 " C[i] " " O[j])
      if (!(pair in onset) && !(pair in coda)) say("d aa1 " C[i] " " O[j] " aa1")
    }
  say("hh y uw1 d")
  # two vowels
  for (v = 1; v <= vowels; v++)
    for (w = 1; w <= vowels; w++) say("d " V[v] "1 " V[w] "1 d")
  for (v = 1; v <= vowels; v++) { say("d " V[v] "1 ax0 d"); say("d ax0 " V[v] "1 d") }
}
