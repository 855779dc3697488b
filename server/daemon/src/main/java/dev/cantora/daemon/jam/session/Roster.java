package dev.cantora.daemon.jam.session;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.HostChanged;
import dev.cantora.api.jam.JamServerMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who is in a session, who of them is its host, and what reaches whom. Belongs to the session's audio thread. */
final class Roster {

  private final List<Member> members = new ArrayList<>();
  private Member host;
  private String formerHostId;

  List<Member> members() {
    return members;
  }

  /** Null before anybody but spectators came. */
  Member host() {
    return host;
  }

  /** Participant id of the host, or of the one who was it when the session was kept. */
  String hostId() {
    return host != null ? host.participantId() : formerHostId;
  }

  /** Who was host of a kept session is it again when they come back. */
  void formerHost(String participantId) {
    formerHostId = participantId;
  }

  boolean holds(Member member) {
    return members.contains(member);
  }

  /** Null when nobody has this id. */
  Member member(String participantId) {
    for (Member member : members) {
      if (member.participantId().equals(participantId)) {
        return member;
      }
    }
    return null;
  }

  /** The first who is no spectator becomes host. @return whether the member was in the session already */
  boolean add(Member member) {
    boolean back = members.contains(member);
    if (!back) {
      members.add(member);
    }
    if (host == null && !member.spectator()) {
      host = member;
    }
    return back;
  }

  /** @return whether the member was in the session */
  boolean remove(Member member) {
    return members.remove(member);
  }

  boolean onlySpectators() {
    return members.stream().allMatch(Member::spectator);
  }

  /** Makes the former host of a kept session host again. */
  void welcomeBack(Member member) {
    if (member.participantId().equals(formerHostId)) {
      formerHostId = null;
      if (member != host) {
        handOver(member);
      }
    }
  }

  void handOver(Member next) {
    formerHostId = null;
    host = next;
    toAll(HostChanged.builder().hostId(next.participantId()).build());
  }

  /** The host left: who has been in longest and is connected goes on as host. */
  void handOverToTheNext() {
    handOver(members.stream().filter(each -> !each.spectator())
        .min(Comparator.comparing((Member each) -> each.output() == null)).orElseThrow());
  }

  void toAll(JamServerMessage message) {
    toOthers(null, message);
  }

  void toOthers(Member except, JamServerMessage message) {
    SharedText text = new SharedText(message);
    for (Member member : members) {
      if (member != except && member.output() != null) {
        member.output().send(text);
      }
    }
  }

  /** For reports that the next one replaces. */
  void offerAll(JamServerMessage message) {
    SharedText text = new SharedText(message);
    for (Member member : members) {
      if (member.output() != null) {
        member.output().offer(text);
      }
    }
  }

  void to(Member member, JamServerMessage message) {
    if (member.output() != null) {
      member.output().send(message);
    }
  }

  void refuse(Member member, ErrorCode code) {
    refuse(member, code, code.message());
  }

  void refuse(Member member, ErrorCode code, String message) {
    if (member.output() != null) {
      member.output().error(code, message);
    }
  }

  void invalid(Member member, String path, String problem) {
    if (member.output() != null) {
      member.output().invalid(path, problem);
    }
  }

  void closeAll(int code, String reason) {
    for (Member member : members) {
      if (member.output() != null) {
        member.output().close(code, reason);
      }
    }
  }
}
