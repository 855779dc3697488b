package dev.cantora.engine.live;

import dev.cantora.engine.performance.ControlTrack;
import dev.cantora.engine.synthesis.Mix;
import dev.cantora.engine.synthesis.SingerSynth;

/** What a choir needs only while it sings, and nothing of which outlasts the call. */
record Desk(SingerSynth synth, ControlTrack track, Mix mix) {}
