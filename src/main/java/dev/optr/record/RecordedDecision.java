package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.HeadExamined;
import dev.optr.git.TreeDiff;
import dev.optr.intent.Intent;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code optr-selection.json} says was decided, checked against the lanes. Ranks and scores
 * are not: they follow from selecting again and writing the document anew.
 *
 * @param selected null where nothing was selected
 */
record RecordedDecision(
    HeadExamined head,
    String outcome,
    @Nullable String selected,
    DecidedBy decidedBy,
    String isolation) {
  private static final String SELECTED = "selected";
  private static final Map<String, String> OUTCOMES =
      EvidenceReader.byName(
          new String[] {SELECTED, "none_admissible", "quorum_missed"}, outcome -> outcome);
  private static final Pattern ISOLATION = Pattern.compile("full|jobs|none|partial\\([^()]+\\)");
  private static final List<String> OPENING =
      List.of("agent", "output", "admissible", "ttvEstimate", "invariants");

  private static final List<String> MEMBERS =
      Stream.concat(
              OPENING.stream(),
              Stream.of(
                  "outcome",
                  SELECTED,
                  "candidates",
                  "head",
                  "selector",
                  "selectorVersion",
                  "parameters",
                  "weights",
                  "bounds",
                  "canon",
                  "isolation",
                  "inputDigest",
                  "policyDigest",
                  "tree",
                  "patchSha256"))
          .toList();

  /**
   * @param settings of the workflow file that was used
   * @param lanes every lane
   */
  static RecordedDecision read(
      Bytes bytes, Workflow.Optr settings, Intent intent, List<RecordedLane> lanes)
      throws JsonException {
    JsonObject document = StoredDocuments.object(bytes.toArray());
    Fields fields = Fields.of(document);
    Written.check(known(fields), document, bytes);
    String outcome = fields.oneOf("outcome", OUTCOMES);
    String selected = fields.textOrNull(SELECTED);
    if (outcome.equals(SELECTED) == (selected == null)) {
      throw fields.unexpected(
          SELECTED, selected == null ? "the selected agent" : "null, since nothing is selected");
    }
    expect(fields, "weights", SelectionDocument.weights(settings.weights()));
    expect(fields, "bounds", SelectionDocument.bounds(settings.bounds()));
    expect(fields, "inputDigest", Json.text(intent.digest()));
    expect(fields, "policyDigest", Json.text(intent.policy()));
    checkSelected(fields, selected == null ? Optional.empty() : lane(fields, lanes));
    return new RecordedDecision(
        EvidenceReader.head(fields.object("head"), intent, EvidenceRule.DECIDED),
        outcome,
        selected,
        decidedBy(fields),
        isolation(fields));
  }

  /** The document with the members that it must have, in their order. */
  private static JsonObject known(Fields fields) throws JsonException {
    Json.Builder known = Json.object();
    for (String name : MEMBERS) {
      known.put(name, fields.member(name));
    }
    return known.build();
  }

  private static Optional<RecordedLane> lane(Fields fields, List<RecordedLane> lanes)
      throws JsonException {
    String selected = fields.text(SELECTED);
    for (RecordedLane lane : lanes) {
      if (lane.agent().equals(selected) && lane.examined().admissible()) {
        return Optional.of(lane);
      }
    }
    throw fields.unexpected(SELECTED, "an agent whose path is admissible");
  }

  private static void checkSelected(Fields fields, Optional<RecordedLane> lane)
      throws JsonException {
    for (String name : OPENING) {
      Json stated = lane.isPresent() ? Fields.of(lane.get().document()).member(name) : Json.NULL;
      expect(fields, name, stated);
    }
    Optional<Candidate> candidate = lane.map(RecordedLane::examined).map(it -> it.candidate());
    expect(fields, "tree", Json.text(candidate.map(Candidate::tree).orElse(null)));
    expect(
        fields,
        "patchSha256",
        Json.text(candidate.map(Candidate::diff).map(RecordedDecision::sha256).orElse(null)));
  }

  private static String sha256(TreeDiff diff) {
    return diff.patch().sha256();
  }

  private static String isolation(Fields fields) throws JsonException {
    String isolation = fields.text("isolation");
    if (!ISOLATION.matcher(isolation).matches()) {
      throw fields.unexpected("isolation", "'full', 'jobs', 'partial(...)' or 'none'");
    }
    return isolation;
  }

  private static DecidedBy decidedBy(Fields fields) throws JsonException {
    return new DecidedBy(
        fields.text("selector"),
        fields.text("selectorVersion"),
        fields.object("parameters").object());
  }

  private static void expect(Fields fields, String name, Json expected) throws JsonException {
    Written.check(name, expected, fields.member(name));
  }
}
