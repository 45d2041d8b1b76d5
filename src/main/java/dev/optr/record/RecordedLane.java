package dev.optr.record;

import dev.optr.base.JsonObject;
import dev.optr.evidence.Examined;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One lane as it was read.
 *
 * @param document {@code agent-outputs/{agent}.json}
 * @param transcriptDigest by the agent's name, where the transcript is not stored
 */
record RecordedLane(Examined examined, JsonObject document, Map<String, String> transcriptDigest) {
  /** Of all lanes whose transcripts are not stored. */
  static Map<String, String> transcriptDigests(List<RecordedLane> lanes) {
    Map<String, String> digests = new HashMap<>();
    lanes.forEach(lane -> digests.putAll(lane.transcriptDigest()));
    return digests;
  }

  String agent() {
    return examined.candidate().agent();
  }
}
