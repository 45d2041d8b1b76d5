package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A stored transcript as messages again; a marker of what was cut is the last of them.
 *
 * @param isStored false where the workflow file stores digests alone
 */
record RecordedTranscript(boolean isStored, List<JsonObject> messages) {
  static final RecordedTranscript DIGEST = new RecordedTranscript(false, List.of());

  /** The lane said and heard nothing. */
  static final RecordedTranscript EMPTY = new RecordedTranscript(true, List.of());

  RecordedTranscript {
    messages = List.copyOf(messages);
  }

  static RecordedTranscript read(Bytes stored) throws JsonException {
    List<JsonObject> messages = new ArrayList<>();
    for (String line : stored.utf8().lines().toList()) {
      messages.add(message(messages.size() + 1, Bytes.utf8(line)));
    }
    if (!Transcript.of(messages, Written.PROSE).equals(stored)) {
      throw new JsonException("it is not in the form in which transcripts are written");
    }
    return new RecordedTranscript(true, messages);
  }

  private static JsonObject message(int number, Bytes line) throws JsonException {
    try {
      return StoredDocuments.object(line.toArray());
    } catch (JsonException e) {
      throw new JsonException("line " + number + ": " + e.getMessage(), e);
    }
  }
}
