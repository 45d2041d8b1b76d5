package dev.optr.record;

import dev.optr.agents.Answer;
import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.evidence.Examined;
import dev.optr.intent.Intent;
import dev.optr.selection.Ranked;
import dev.optr.workflow.AgentSpec;
import java.util.Map;

/** One lane from {@code agent-outputs/{agent}.json}. */
final class AgentOutputReader {
  private final Intent intent;
  private final CandidateReader candidates;
  private final EvidenceRule rule;

  AgentOutputReader(Intent intent, CandidateReader candidates, EvidenceRule rule) {
    this.intent = intent;
    this.candidates = candidates;
    this.rule = rule;
  }

  RecordedLane read(AgentSpec lane, Bytes bytes, RecordedTranscript transcript)
      throws JsonException {
    JsonObject document = StoredDocuments.object(bytes.toArray());
    Fields fields = Fields.of(document);
    Answer answer = new AnswerReader(fields).answer(transcript.messages());
    Examined examined =
        new Examined(
            candidates.read(lane, answer, fields.object("output")),
            EvidenceReader.checks(fields),
            EvidenceReader.whyNot(fields));
    Map<String, String> digests = digests(lane, fields.object("output"), transcript);
    Written.check(written(examined, digests, fields), document, bytes);
    checkEvidence(examined);
    return new RecordedLane(examined, document, digests);
  }

  private static Map<String, String> digests(
      AgentSpec lane, Fields output, RecordedTranscript transcript) throws JsonException {
    String digest = output.textOrNull("transcriptSha256");
    return digest == null || transcript.isStored() ? Map.of() : Map.of(lane.name(), digest);
  }

  /** Score and estimate are the selector's, and are taken as they are. */
  private JsonObject written(Examined examined, Map<String, String> digests, Fields fields)
      throws JsonException {
    return new AgentOutput(Written.PROSE, Written.WITHHOLDING, intent, digests)
        .document(new Ranked(examined, null, null))
        .with("ttvEstimate", fields.member("ttvEstimate"))
        .with("score", fields.member("score"));
  }

  private void checkEvidence(Examined examined) throws JsonException {
    if (!(examined.candidate().answer() instanceof Answer.Proposed)) {
      return;
    }
    rule.check(intent, examined.checks());
    if (examined.admissible() && examined.candidate().changes() == null) {
      throw new JsonException("output.changes: expected those of an admissible path, found null");
    }
  }
}
