package dev.cantora.daemon.jam.session;

import java.util.List;

/** Everybody who hears a session, each in their own way. Belongs to the session's audio thread. */
final class Listeners {

  private final List<Member> members;
  private final JamMetrics metrics;

  /** @param members as they come and go */
  Listeners(List<Member> members, JamMetrics metrics) {
    this.members = members;
    this.metrics = metrics;
  }

  /** A new stream for all: what an earlier one left waiting is dropped. */
  void renewQueues() {
    members.forEach(Member::renewQueue);
  }

  /** In silence nothing has to fade. */
  void settle() {
    for (int i = 0; i < members.size(); i++) {
      PrivateMix own = members.get(i).privateMix();
      if (own != null) {
        own.settle();
      }
    }
  }

  /** Before a block is mixed. */
  void begin(Mixdown mixdown) {
    mixdown.begin(anyoneInStereo());
    for (int i = 0; i < members.size(); i++) {
      PrivateMix own = members.get(i).privateMix();
      if (own != null) {
        own.begin();
      }
    }
  }

  /** Sends the finished block to everybody who is connected. */
  void send(Mixdown mixdown, long sequence) {
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (member.output() != null) {
        PrivateMix own = member.privateMix();
        boolean sent = member.frame(own == null ? mixdown.heard(member.channels(), member.hearsMetronome())
            : mixdown.heard(own, member.channels(), member.hearsMetronome()), sequence);
        if (!sent) {
          metrics.dropped();
        }
      }
    }
  }

  private boolean anyoneInStereo() {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).output() != null && members.get(i).channels() == 2) {
        return true;
      }
    }
    return false;
  }
}
