// Rebuilds the voices that are computed from formant tables. From the repository's root, after a build:
//   jshell --class-path 'server/cli/target/lib/*' presets/formant-voices.jsh
import dev.cantora.engine.voice.formant.FormantTables
import java.nio.file.Path

FormantTables.man("default-voice").write(Path.of("presets/default-voice"))
FormantTables.woman("formant-alto").write(Path.of("presets/formant-alto"))
FormantTables.child("formant-treble").write(Path.of("presets/formant-treble"))
/exit
