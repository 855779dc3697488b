/** Words to sound: tokens, pronunciation, syllables, and their timing on notes. Knows nothing of voices or samples. */
package dev.cantora.engine.lyrics;
